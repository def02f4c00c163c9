"""Every file of the map is ours to serve, and an unknown one stops the drawing."""

import re

import folium
import pytest
from branca.element import Element
from folium.plugins import Draw

from tracker.maps.assets import STATIC_FOLDER, UnknownAsset, local_asset, style_text
from tracker.maps.figures import QuietMap, figure_parts
from tracker.web.build_assets import FILES, HERE, assets_are_built, build_assets

BOX = ((0.0, -80.0), (10.0, -70.0))


def quiet_map() -> QuietMap:
    return QuietMap(title="Map", first_view=BOX, closest=9, max_zoom=13)


def test_the_addresses_that_folium_names_become_files_of_ours() -> None:
    assert (
        local_asset("https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js")
        == "vendor/leaflet/leaflet.js"
    )
    assert local_asset("map/map.js") == "map/map.js"


@pytest.mark.parametrize(
    "address",
    [
        "https://code.jquery.com/jquery-3.7.1.min.js",
        "https://cdn.jsdelivr.net/npm/bootstrap@5.2.2/dist/js/bootstrap.bundle.min.js",
        "//cdn.example/leaflet.js",
        "https://evil.example/leaflet.js",
        "https://cdnjs.cloudflare.com/ajax/libs/leaflet.markercluster/1.1.0/MarkerCluster.css",
        "data:text/javascript,alert(1)",
    ],
)
def test_an_address_without_a_file_of_ours_is_refused(address: str) -> None:
    with pytest.raises(UnknownAsset):
        local_asset(address)


def test_a_plugin_that_asks_another_host_stops_the_drawing() -> None:
    drawing = quiet_map()
    Draw().add_to(drawing)
    with pytest.raises(UnknownAsset):
        figure_parts(drawing)


def test_a_map_of_plain_folium_is_refused() -> None:
    with pytest.raises(UnknownAsset):
        figure_parts(folium.Map(tiles=None))


def test_markup_in_the_head_of_the_figure_is_refused() -> None:
    drawing = quiet_map()
    drawing.get_root().header.add_child(Element("<script>1</script>"), name="sneaked")
    with pytest.raises(UnknownAsset):
        figure_parts(drawing)


def test_every_file_that_the_map_names_is_there() -> None:
    if not assets_are_built():
        build_assets()
    scripts, styles, _, _ = figure_parts(quiet_map())
    assert scripts[0] == "vendor/leaflet/leaflet.js"
    for path in (*scripts, *styles):
        assert (STATIC_FOLDER / path).is_file(), path


def test_the_lock_file_pins_each_package_by_hash_and_names_no_address() -> None:
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    packages = {re.split(r"/(?:dist/|files/|(?:MIT-)?LICEN[CS]E)", source)[0] for source in FILES}
    for package in packages:
        entry = lock.partition(f'"node_modules/{package}": {{')[2].partition("}")[0]
        assert '"integrity": "sha512-' in entry, package
        assert re.search(r'"version": "\d+\.\d+\.\d+"', entry), package


def test_a_style_for_the_file_points_to_nothing_outside() -> None:
    for path in ("css/tokens.css", "vendor/leaflet/leaflet.css", "map/map.css"):
        addresses = re.findall(r"url\(([^)]*)\)", style_text(path))
        assert all(address.startswith("data:") for address in addresses), path
    assert "url(data:font/woff2;base64," in style_text("css/tokens.css")

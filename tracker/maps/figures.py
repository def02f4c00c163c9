"""A folium map taken apart for a page of ours: files, markup and script, no outside address."""

from typing import TypeAlias

from branca.element import CssLink, Figure, JavascriptLink
from folium import Map
from folium.map import Layer
from folium.template import Template

from tracker.maps.assets import UnknownAsset, local_asset

MAP_ID = "incidents"

# Our own scripts, in the order in which they build on one another.
_OWN = (
    *("data", "source", "layers", "view", "marks", "facts", "names", "map", "list"),
    *("density", "tools", "time", "address", "incidents"),
)

Bounds: TypeAlias = tuple[tuple[float, float], tuple[float, float]]
"""South-western and north-eastern corner, each (latitude, longitude) in degrees."""


class QuietMap(Map):
    """A folium map without tiles, icon fonts, jQuery or a viewport that forbids zooming."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <div class="folium-map" id={{ this.get_name()|tojson }}
             role="region" aria-label={{ this.title|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map(
            {{ this.get_name()|tojson }}, {{ this.options|tojavascript }}
        ).fitBounds(
            {{ this.first_view|tojson }}, {maxZoom: {{ this.closest|tojson }}, padding: [28, 28]}
        );
        {% endmacro %}
        """
    )
    default_js = [  # noqa: RUF012
        ("leaflet", "https://cdn.jsdelivr.net/npm/leaflet@1.9.4/dist/leaflet.js"),
        *((name, f"map/{name}.js") for name in _OWN),
    ]
    default_css = [  # noqa: RUF012
        ("leaflet_css", "https://cdn.jsdelivr.net/npm/leaflet@1.9.4/dist/leaflet.css"),
        ("drawing_css", "map/drawing.css"),
        ("map_css", "map/map.css"),
    ]

    def __init__(self, *, title: str, first_view: Bounds, closest: int, max_zoom: int) -> None:
        """Describe a map named `title` that first shows a box, not closer than `closest`.

        A view given at once costs nothing; folium's own `fit_bounds` would draw twice.
        """
        super().__init__(tiles=None, zoom_snap=0.5, attribution_control=False)
        del self.options["zoom"]
        # folium keeps these two for its tile layer; without tiles they would not arrive.
        self.options.update(min_zoom=2, max_zoom=max_zoom)
        self._id = MAP_ID
        self.title = title
        self.first_view = first_view
        self.closest = closest


class DataLayer(Layer):
    """A layer that map.js draws from JSON in the page, so that no record text enters a script."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = tracker.{{ this.kind }}({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, kind: str, *, name: str | None = None, show: bool = True) -> None:
        """Name the function that draws the layer; without a name it stays always on."""
        super().__init__(name=name or kind, overlay=True, control=name is not None, show=show)
        self._name = "DataLayer"
        self._id = kind
        self.kind = kind


def figure_parts(drawing: Map) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
    """Render a folium map into (script paths, style paths, markup, script).

    Raises UnknownAsset when a part of it wants a file of another host, or puts anything else
    than a file into the head of the page.
    """
    figure = drawing.get_root()
    if not isinstance(figure, Figure):
        raise TypeError("a map stands in a figure")
    for child in list(figure._children.values()):
        child.render()
    scripts: list[str] = []
    styles: list[str] = []
    for name, link in figure.header._children.items():
        if isinstance(link, JavascriptLink):
            scripts.append(local_asset(link.url))
        elif isinstance(link, CssLink):
            styles.append(local_asset(link.url))
        elif name != "meta_http":
            raise UnknownAsset(name)
    return tuple(scripts), tuple(styles), figure.html.render(), figure.script.render()

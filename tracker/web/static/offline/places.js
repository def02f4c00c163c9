// Finds places by name, and the corridor of a position, in the data that the phone keeps.
"use strict";

offline.places = (() => {
  const LONG_FORMS = {
    st: "saint",
    ste: "sainte",
    sta: "santa",
    sto: "santo",
    cd: "ciudad",
    pto: "puerto",
    gral: "general",
    ft: "fort",
    mt: "mount",
  };
  const WHOLE = { ø: "o", ł: "l", æ: "ae", œ: "oe", ı: "i", "&": " and " };
  const SILENT = /[\u0300-\u036f’'‘ʻʼ`´.]+/g;
  const language = document.documentElement.lang;
  let towns = null;
  let areas = null;
  let loading = null;

  /** Fold a name to bare words, as the server does: "Cd. Juárez" becomes "ciudad juarez". */
  function folded(text) {
    return text
      .toLowerCase()
      .replace(/ß/g, "ss")
      .replace(SILENT, "")
      .normalize("NFKD")
      .replace(SILENT, "")
      .replace(/[øłæœı&]/g, (letter) => WHOLE[letter])
      .replace(/[^0-9a-z\n]+/g, " ")
      .replace(/\b(?:ste?|st[ao]|cd|pto|gral|[fm]t)\b/g, (word) => LONG_FORMS[word])
      .replace(/ ?\n ?/g, "\n")
      .trim();
  }

  async function read(address) {
    const answer = await fetch(address);
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    return answer.json();
  }

  /** Read the data once; it comes from what the phone keeps. */
  function load() {
    if (!loading) {
      const { addresses } = offline.told;
      loading = Promise.all([read(addresses.towns), read(addresses.areas)]).then(
        ([readTowns, readAreas]) => {
          towns = readTowns;
          towns.folded = folded(towns.names).split("\n");
          towns.names = towns.names.split("\n");
          areas = readAreas;
        },
        (error) => {
          loading = null;
          throw error;
        },
      );
    }
    return loading;
  }

  function town(at) {
    return {
      name: towns.names[at],
      country: towns.countries[towns.country[at]],
      longitude: towns.x[at] / towns.steps,
      latitude: towns.y[at] / towns.steps,
    };
  }

  /** Find places by the whole name or its beginning, whole names and large places first. */
  function find(text, limit) {
    const wanted = folded(text);
    const whole = [];
    const begun = [];
    for (let at = 0; wanted && at < towns.folded.length && whole.length < limit; at += 1) {
      if (towns.folded[at] === wanted) {
        whole.push(at);
      } else if (begun.length < limit && towns.folded[at].startsWith(wanted)) {
        begun.push(at);
      }
    }
    return whole.concat(begun).slice(0, limit).map(town);
  }

  function kilometres(one, other) {
    const radians = Math.PI / 180;
    const across = (other.longitude - one.longitude) * radians;
    const along = (other.latitude - one.latitude) * radians;
    const half =
      Math.sin(along / 2) ** 2 +
      Math.cos(one.latitude * radians) *
        Math.cos(other.latitude * radians) *
        Math.sin(across / 2) ** 2;
    return 2 * 6371 * Math.asin(Math.sqrt(half));
  }

  /** Give the nearest town, or the nearest large one, and how far it is. */
  function nearest(position, onlyLarge) {
    const most = onlyLarge ? towns.large : towns.names.length;
    const squeeze = Math.cos((position.latitude * Math.PI) / 180);
    let found = -1;
    let least = Infinity;
    for (let at = 0; at < most; at += 1) {
      const across = (towns.x[at] / towns.steps - position.longitude) * squeeze;
      const along = towns.y[at] / towns.steps - position.latitude;
      const far = across * across + along * along;
      // A town is not near itself.
      if (far < least && far > 1e-6) {
        least = far;
        found = at;
      }
    }
    const near = town(found);
    return { town: near, km: kilometres(position, near) };
  }

  function crosses(ring, x, y) {
    let inside = false;
    let fromX = 0;
    let fromY = 0;
    for (let at = 0; at < ring.length; at += 2) {
      fromX += ring[at];
      fromY += ring[at + 1];
    }
    // The sum of all ways is the last point, from which the ring closes.
    let toX = 0;
    let toY = 0;
    for (let at = 0; at < ring.length; at += 2) {
      toX += ring[at];
      toY += ring[at + 1];
      if (toY > y !== fromY > y && x < ((fromX - toX) * (y - toY)) / (fromY - toY) + toX) {
        inside = !inside;
      }
      fromX = toX;
      fromY = toY;
    }
    return inside;
  }

  /** Give the codes and names of corridor and stretch at a position, or null. */
  function corridorAt(longitude, latitude) {
    const x = longitude * areas.steps;
    const y = latitude * areas.steps;
    const found = areas.areas.find(({ box, rings }) => {
      if (x < box[0] || y < box[1] || x > box[2] || y > box[3]) {
        return false;
      }
      return rings.filter((ring) => crosses(ring, x, y)).length % 2 === 1;
    });
    if (!found) {
      return null;
    }
    return {
      corridor: found.corridor,
      segment: found.segment,
      corridorName: named(areas.corridors[found.corridor]),
      segmentName: found.segment && named(found.names),
    };
  }

  function named(names) {
    return names[language] || names.es || names.en;
  }

  return { load, folded, find, nearest, corridorAt, kilometres };
})();

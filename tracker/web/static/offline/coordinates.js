// Reads typed coordinates as the server does; what has two readings is refused, not guessed.
"use strict";

offline.coordinates = (() => {
  const METRES_PER_DEGREE = 111195;
  const FINEST_M = 10;
  const LONGEST = 200;
  const NUMBER = "([-+]?\\d+(?:\\.\\d+)?)";
  const POINT = new RegExp(
    `^(?:SRID=(\\d+);)?\\s*POINT\\s*Z?\\s*\\(\\s*${NUMBER}\\s+${NUMBER}(?:\\s+[-+]?\\d+(?:\\.\\d+)?)?\\s*\\)$`,
    "i",
  );
  const GEO = new RegExp(
    `^geo:${NUMBER},${NUMBER}(?:,[-+]?\\d+(?:\\.\\d+)?)?((?:;[a-z0-9-]+=?[^;]*)*)$`,
    "i",
  );
  const OTHER_DATUM = /NAD\s*-?\s*27|NAD\s*-?\s*1927|PSAD\s*-?\s*56|SAD\s*-?\s*69|CORREGO/i;
  const SAME_DATUM =
    /\(?\b(?:datum\s*:?\s*)?(?:WGS\s*-?\s*(?:19)?84|NAD\s*-?\s*(?:19)?83|SIRGAS\s*-?\s*2000|MAGNA\s*-?\s*SIRGAS|EPSG\s*:?\s*4326)\b\)?/gi;
  // Metres of a map grid: read by the server alone.
  const GRID = /(?:^|[^\d.])\d{5,}|^\s*\d{1,2}\s*[C-HJ-NP-X]\s*[A-HJ-NP-Z]{2}(?:\s*\d)*\s*$/i;
  const KINDS = new Map();
  const words = (kind, value, list) => list.split(" ").forEach((word) => KINDS.set(word, [kind, value]));
  words("silent", "", "de of la");
  words("joint", "", ", ; / | y and et ak");
  words("side", "N", "n north norte nord nò");
  words("side", "S", "s south sur sul sud sid");
  words("side", "E", "e l east este est leste lès oriente");
  words("side", "W", "w o west oeste ouest lwès occidente poniente");
  words("axis", "latitude", "lat latitud latitude latitid");
  words("axis", "longitude", "lon long lng longitud longitude lonjitid");
  words("unit", 0, "° deg degs degree degrees degré degrés degre grado grados grau graus");
  words("unit", 1, "' min mins minute minutes minuto minutos minit");
  words("unit", 2, '" sec secs second seconds seconde secondes seg segundo segundos segonn');
  const STEPS = [1, 1 / 60, 1 / 3600];

  class Unclear extends Error {
    constructor(code) {
      super(code);
      this.code = code;
    }
  }

  function refuse(code) {
    throw new Unclear(code);
  }

  function plain(text) {
    return text
      .replace(/[º˚∘]/g, "°")
      .replace(/[’′‘´`ʹʼ]/g, "'")
      .replace(/[”″“ʺ]/g, '"')
      .replace(/[−–—‒‐‑]/g, "-")
      .replace(/[\u00a0\u2009\u202f\t\r\n]/g, " ")
      .replace(/''/g, '"')
      .trim()
      .replace(/\.+$/, "");
  }

  /** Give longitude, latitude, and the radius in metres that the digits leave open. */
  function parse(text) {
    if (text.length > LONGEST) {
      refuse("unreadable");
    }
    const given = plain(text);
    if (OTHER_DATUM.test(given)) {
      refuse("unknown_datum");
    }
    const undated = given.replace(SAME_DATUM, " ").replace(/^[ ,;]+|[ ,;]+$/g, "");
    return point(given) || geo(given) || grid(undated) || degrees(undated) || refuse("unreadable");
  }

  function point(text) {
    const found = POINT.exec(text);
    if (!found) {
      return null;
    }
    if (found[1] !== undefined && found[1] !== "4326") {
      refuse("unknown_datum");
    }
    return position(found[2], found[3]);
  }

  function geo(text) {
    const found = GEO.exec(text);
    if (!found) {
      return null;
    }
    const asked = {};
    found[3]
      .toLowerCase()
      .split(";")
      .filter(Boolean)
      .forEach((each) => {
        const at = each.indexOf("=");
        asked[at < 0 ? each : each.slice(0, at)] = at < 0 ? "" : each.slice(at + 1);
      });
    if ("crs" in asked && asked.crs !== "wgs84") {
      refuse("unknown_datum");
    }
    const read = position(found[2], found[1]);
    if (/^\d+(\.\d+)?$/.test(asked.u || "")) {
      read.uncertainty_m = Math.max(Number(asked.u), read.uncertainty_m);
    }
    return read;
  }

  function grid(text) {
    return GRID.test(text) ? refuse("grid") : null;
  }

  function position(longitude, latitude) {
    return checked(Number(longitude), Number(latitude), lastDigit(longitude), lastDigit(latitude));
  }

  function lastDigit(number) {
    return Math.pow(10, -(number.split(".")[1] || "").length);
  }

  function checked(longitude, latitude, across, along) {
    if (!onGlobe(longitude, latitude)) {
      refuse("out_of_range");
    }
    const wide = across * Math.cos((latitude * Math.PI) / 180);
    const radius = (Math.hypot(wide, along) / 2) * METRES_PER_DEGREE;
    return { longitude, latitude, uncertainty_m: Math.max(radius, FINEST_M) };
  }

  function degrees(text) {
    const parted = text.replace(/([NSns]|te|ul)\.?\s+e\s+(?=[-+\d])/g, "$1 ; ");
    const tokens = tokensOf(withPoints(parted));
    if (!tokens.some((token) => token[0] === "number")) {
      return null;
    }
    const [first, second] = halves(tokens).map(angle);
    checkSides(first, second);
    if (!first.axis && !second.axis) {
      checkOrder(first, second);
    }
    const turned = first.axis === "longitude" || second.axis === "latitude";
    const [latitude, longitude] = turned ? [second, first] : [first, second];
    if (!longitude.side && !sign(longitude) && inAmericas(-size(longitude), size(latitude))) {
      refuse("missing_hemisphere");
    }
    return checked(size(longitude), size(latitude), step(longitude), step(latitude));
  }

  function withPoints(given) {
    const text = given
      .replace(/(\d)-(\d{1,2})(?:-(\d{1,2}(?:[.,]\d+)?))?(?=\s*[NSEWOnsewo](?![\p{L}\d_]))/gu, (all, a, b, c) =>
        `${a} ${b} ${c || ""}`,
      )
      .replace(/(\d):(?=\d)/g, "$1 ");
    if (/\d\.\d+\.\d|\d\.\s+[-+\d]|\d,\d+,\S|\d-\d/.test(text)) {
      refuse("ambiguous_separator");
    }
    if (!/\d,\d/.test(text)) {
      return text;
    }
    if (/\d\.\d/.test(text)) {
      const parted = text.replace(/(\d)(\.\d+),(?=\d+\.\d)/g, "$1$2, ");
      return /\d,\d/.test(parted) ? refuse("ambiguous_separator") : parted;
    }
    if (text.match(/\d+(?:,\d+)?/g).length === 1) {
      refuse("ambiguous_separator");
    }
    return text.replace(/(\d),(?=\d)/g, "$1.");
  }

  function tokensOf(text) {
    const pattern = /([-+]?\d+(?:\.\d+)?)|(\p{L}+)|([°'",;/|])|([\s.:=()[\]{}]+)|(.)/gu;
    const tokens = [];
    let found = pattern.exec(text);
    while (found) {
      const [, number, word, mark, , unknown] = found;
      const token = number ? ["number", number] : KINDS.get((word || mark || "").toLowerCase());
      if (unknown || ((word || mark) && !token)) {
        refuse("unreadable");
      }
      if (token && token[0] !== "silent") {
        tokens.push(token);
      }
      found = pattern.exec(text);
    }
    return tokens;
  }

  function placesOf(tokens, kind) {
    return tokens.map((token, at) => (token[0] === kind ? at : -1)).filter((at) => at >= 0);
  }

  function halves(tokens) {
    const numbers = placesOf(tokens, "number");
    const last = numbers[numbers.length - 1];
    const joints = placesOf(tokens, "joint").filter((at) => at > numbers[0] && at < last);
    if (numbers.length === 1) {
      refuse("missing_coordinate");
    }
    if (joints.length > 1) {
      refuse("ambiguous_separator");
    }
    const at = joints.length ? joints[0] : secondBegins(tokens, numbers);
    return [tokens.slice(0, at), tokens.slice(at)];
  }

  function secondBegins(tokens, numbers) {
    const kinds = tokens.map((token) => token[0]);
    const last = numbers[numbers.length - 1];
    const named = kinds
      .map((kind, at) => at)
      .filter((at) => at > numbers[0] && at < last && (kinds[at] === "axis" || kinds[at] === "side"));
    if (named.length) {
      const after = numbers.find((at) => at > named[0]);
      if (kinds[0] === "side" && named.length === 1) {
        return named[0];
      }
      const labels = named.filter((at) => kinds[at] === "axis" && at < after);
      return labels.length && kinds[0] === "axis" ? labels[0] : after;
    }
    const marked = tokens
      .map((token, at) => (token[0] === "unit" && token[1] === 0 ? at - 1 : -2))
      .filter((at) => at > -2);
    if (marked.length === 2) {
      return marked[1];
    }
    return numbers.length === 2 ? numbers[1] : refuse("ambiguous_separator");
  }

  function angle(tokens) {
    const made = { parts: [], side: null, axis: null };
    tokens.forEach(([kind, value]) => {
      if (kind === "number") {
        made.parts.push(value);
      } else if (kind === "unit" && value !== made.parts.length - 1) {
        refuse("unreadable");
      } else if (kind === "axis") {
        name(made, value);
      } else if (kind === "side") {
        if (made.side !== null) {
          refuse("hemisphere_conflict");
        }
        made.side = value;
        name(made, value === "N" || value === "S" ? "latitude" : "longitude");
      }
    });
    checkParts(made.parts);
    return made;
  }

  function name(made, axis) {
    if (made.axis !== null && made.axis !== axis) {
      refuse("hemisphere_conflict");
    }
    made.axis = axis;
  }

  function checkParts(parts) {
    if (!parts.length) {
      refuse("missing_coordinate");
    }
    const later = parts.slice(1);
    if (parts.length > 3 || parts.slice(0, -1).some((each) => each.includes("."))) {
      refuse("unreadable");
    }
    if (later.some((each) => each[0] === "+" || each[0] === "-")) {
      refuse("unreadable");
    }
    if (later.some((each) => Number(each) >= 60)) {
      refuse("out_of_range");
    }
  }

  function sign(made) {
    const first = made.parts[0][0];
    return first === "+" || first === "-" ? first : "";
  }

  function step(made) {
    return STEPS[made.parts.length - 1] * lastDigit(made.parts[made.parts.length - 1]);
  }

  function size(made) {
    const whole = made.parts.reduce((sum, each, at) => sum + Math.abs(Number(each)) * STEPS[at], 0);
    return sign(made) === "-" || made.side === "S" || made.side === "W" ? -whole : whole;
  }

  function checkSides(first, second) {
    [first, second].forEach((made) => {
      if (["-N", "-E", "+S", "+W"].includes(sign(made) + made.side)) {
        refuse("hemisphere_conflict");
      }
    });
    if (first.axis !== null && first.axis === second.axis) {
      refuse("hemisphere_conflict");
    }
    const told = [first, second].map((made) => Boolean(made.side || sign(made)));
    const lettered = first.side !== null || second.side !== null;
    const sexagesimal = first.parts.length > 1 || second.parts.length > 1;
    if ((lettered && !(told[0] && told[1])) || (sexagesimal && !(told[0] || told[1]))) {
      refuse("missing_hemisphere");
    }
  }

  function checkOrder(first, second) {
    const typed = [size(second), size(first)];
    const turned = [size(first), size(second)];
    if (inAmericas(...typed)) {
      return;
    }
    if (inAmericas(...turned) || (!onGlobe(...typed) && onGlobe(...turned))) {
      refuse("ambiguous_order");
    }
  }

  function onGlobe(longitude, latitude) {
    return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
  }

  function inAmericas(longitude, latitude) {
    return longitude >= -180 && longitude <= -30 && latitude >= -60 && latitude <= 84;
  }

  return { parse };
})();

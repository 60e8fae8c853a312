"""Two productions made by hand whose budgets use everything at once, for workbooks and calculators that must get all of it right.

TIDE: names that begin as formulas do, a chart of its own, four currencies, own units, nothing to prep, groups that are
off, fringes on fringes with floors and ceilings across accounts, charges in accounts and on charges, credits
that reduce one another. WELLS: a series with a pattern, amortised lines and credits.
"""

from __future__ import annotations

TIDE = {
    "production": """
pmkit: 1
title: "=Tide & <b>Wrack</b> #1"
code: TIDE
kind: feature
company: "+Gull, @Co -LLC"
currency: GBP
timezone: Europe/London
paper: a4
units: {main: Main Unit, second: 2nd Unit}
""",
    "schedule": """
main:
  2026-03-02: {call: 7:00, strips: [1]}
  2026-03-03: {call: 7:00, strips: [2]}
  2026-03-04: {call: 7:00, strips: [3]}
  2026-03-06: {call: 7:00, strips: [4]}
second:
  2026-03-06: {call: 7:00, strips: [5]}
boneyard: [6]
""",
    "breakdown": """
1: {heading: INT. BARN - DAY, pages: 2 3/8, cast: [1, 2], props: [picture car]}
2: {heading: EXT. FIELD - DAY, pages: 1, cast: [1], picture_vehicles: [tractor]}
3: {heading: EXT. FIELD - NIGHT, pages: 6/8, cast: [2]}
4: {heading: INT. BARN - DAY, pages: 1, cast: [1]}
5: {heading: EXT. FIELD - DAY, pages: 2/8, cast: []}
6: {heading: EXT. FIELD - DAY, pages: 2/8, cast: [3]}
""",
    "cast": """
1: {character: WREN, id: wren-a, performer: A. Wren, hold: true}
2: {character: KITE, id: kite-b, performer: B. Kite}
3: {character: ROOK, id: rook-c, performer: C. Rook}
""",
    "locations": """
barn: {name: "=Barn", address: 1 Lane, coordinates: "51.5, -0.1"}
field: {name: Field, address: 2 Lane, coordinates: "51.5, -0.1"}
sets: {BARN: barn, FIELD: field}
""",
    "crew": """
camera:
  people:
    - {id: dop, name: D. Oper, position: Director of Photography}
    - {id: dop-2, person: dop, position: B Camera Operator}
    - {id: loader, name: L. Oader, position: Loader}
""",
    "private/budget": """
locked: 2026-02-01
currencies: {USD: 0.79, EUR: 0.8512, JPY: 0.0052}
units: {fitting: 2.5, sitting: 0, shift: 10}
globals:
  prep_weeks: 0
  half: round(days() / 2, 1)
  deep: ((((((((((1 + days(main)) * 2) - 1) / 3) + half) * 2) - 1) + 2) - 3) * 1.01)
  neg: -(deep)
  capped: min(max(neg, -5), 3, deep)
  third: 1 / 3
  big: 999999999
groups:
  stunts: "=Stunts"
  off-a: {name: "-Off A", off: true}
  off-b: {name: "+Off B", off: true}
  loc: "@Location"
residents: [dop, wren-a]
fringes:
  ni: {name: "=National Insurance", rate: 15%, floor: 1000, ceiling: 9000, on: labour}
  nifree: {name: NI per week, rate: 13.8%, floor: 175, per: week, on: labour}
  hol: {name: Holiday, rate: 12.07%, on: labour}
  pen: {name: Pension, rate: 3%, floor: 500, ceiling: 4000, on: [labour, hol]}
  levy: {name: Levy, rate: 0.5%, on: [labour, hol, pen], ceiling: 20000}
  payroll: {name: Payroll fee, flat: 7.5/cheque}
  hw: {name: Health, flat: 1.33/hour, ceiling: 5000}
  fit: {name: Fitting fee, flat: 12/fitting}
  once: {name: Once, flat: 99.99 flat}
  mix: {name: Mix, rate: 2%, flat: 3/day, floor: 100, ceiling: 6000, on: [labour, hol]}
  allow: {name: On allowances, rate: 7%, on: [allowances]}
categories:
  A: {name: "=Story", level: atl}
  B: {name: "-Production", level: production}
  C: {name: "+Post", level: post}
  D: {name: "@Other", level: other}
  E: {name: Empty, level: other}
accounts:
  A.1:
    name: "=Writer"
    category: A
    lines:
      - {what: "=SUM(A1:A9) draft", rate: 12000.555}
      - {what: "@polish", amount: 10, unit: "%", rate: "12,000"}
      - {what: "-minus", amount: 2, rate: -333.33}
      - {what: "+plus", amount: "1,200", x: third, rate: 0.07}
      - {subtotal: "=so far"}
      - {what: zero, amount: prep_weeks, unit: week, rate: 500, fringes: [ni, payroll, once, hw, mix]}
  A.2:
    name: Cast
    category: A
    fringes: [ni, hol, pen, levy]
    lines:
      - {what: WREN, amount: cast(1).paid, unit: day, rate: 700, person: wren-a}
      - {what: KITE, amount: "cast(2).paid + third", unit: day, rate: 650.5, person: kite-b, currency: USD}
      - {what: WREN fit, amount: 2, unit: fitting, rate: 120, person: wren-a, fringes: [ni, fit]}
      - {what: ROOK, amount: cast(3).paid, unit: day, rate: 100, person: rook-c, groups: [off-a]}
      - {what: WREN per diem, amount: days(main), unit: day, rate: 45, person: wren-a, kind: allowance, fringes: [ni, allow]}
  B.1:
    name: Camera
    category: B
    fringes: [ni, nifree, hol, pen, levy, hw, payroll, mix]
    groups: [loc]
    lines:
      - {what: DOP prep, amount: 1.5, unit: week, rate: 2400, person: dop}
      - {what: DOP shoot, amount: days(main), unit: day, rate: 520, person: dop, groups: [stunts]}
      - {what: B op, amount: 3, unit: day, rate: 480.25, person: dop-2}
      - {what: B op off, amount: 30, unit: day, rate: 480.25, person: dop-2, groups: [off-b, stunts]}
      - {what: Loader, amount: 10, unit: shift, rate: 210, person: loader}
      - {what: Refund of loader, amount: -2, unit: shift, rate: 210, person: loader}
      - {subtotal: People}
      - {what: Range 1, amount: 2, unit: week, rate: 3000, range: grip}
      - {what: Range 2, amount: 1, unit: month, rate: 5000, range: grip, currency: EUR}
      - {what: Nobody, amount: 3, unit: sitting, rate: 90}
      - {what: Gear, amount: 4, unit: day, rate: 900, kind: materials, currency: JPY}
      - {subtotal: Rest}
  B.2:
    name: "@Cars"
    category: B
    lines:
      - {what: Car, amount: element(picture-car).days, x: location(field).days, unit: day, rate: 300, set: FIELD}
      - {what: Tractor, amount: element(tractor).scenes + pages(main), unit: day, rate: capped, location: barn}
      - {what: Neg rate, amount: 2, rate: capped * -10}
  B.3: {name: Nothing at all, category: B}
  C.1:
    name: Edit
    category: C
    lines:
      - {what: Editor, amount: 8, unit: week, rate: 2100, fringes: [ni, nifree, payroll], resident: true, currency: EUR}
      - {what: Huge, amount: 1, rate: big}
      - {what: Huge back, amount: -1, rate: big}
  D.1: {name: Insurance, category: D, lines: [{what: Package, unit: allow, rate: 9000, groups: [stunts, loc]}]}
charges:
  - {name: "=Handling", rate: 3%, on: [B.2, labour], exclude: [stunts], inside: B.2}
  - {name: Inside too, flat: "10 * days(main)", inside: D.1}
  - {name: Contingency, rate: 10%, on: [production, post], exclude: [stunts, fringes]}
  - {name: Guarantee, rate: 2.5%, on: [atl, btl, Contingency], exclude_amount: "1000 * half"}
  - {name: Overhead, rate: 1%, flat: "200 / 3", on: [Guarantee, Contingency, "=Handling"], exclude_amount: 12}
  - {name: Minus, flat: "-(50)"}
credits:
  - {name: Avec, rate: 39%, on: [all], at_most: {rate: 80%, on: [all], less: [Regional]}, exclude: [stunts], applied: true, discount: 4%, less: [Regional]}
  - {name: Regional, applied: true, cap: 4000, minimum: 1000, rows: [{what: "=Local", rate: 20%, on: [B.1], spend_cap: 5000}, {what: Resident, rate: 5%, on: [labour], residency: resident, person_cap: 3000}, {what: Non, rate: 1%, residency: non-resident}, {what: Mat, rate: 1%, kind: materials, flat: 5}]}
  - {name: Too small, rate: 50%, on: [A.2], minimum: 1000000, applied: true, less: [Regional]}
  - {name: Not counted, rate: 10%, on: [post, atl], less: [Avec, Regional, Too small], person_cap: 500}
""",
}

WELLS = {
    "production": """
pmkit: 1
title: Four Wells
code: WELL
kind: series
company: Well Co
currency: CAD
episodes: {101: Pilot, 102: "=The Well", 103: Third}
blocks: {1: [101, 102]}
units: {main: Main Unit}
""",
    "schedule": """
main:
  2026-03-02: {call: 7:00, strips: [101-1]}
  2026-03-03: {call: 7:00, strips: [101-2, 102-1]}
  2026-03-04: {call: 7:00, strips: [102-2]}
  2026-03-06: {call: 7:00, strips: [101-3, 103-1, 102-3]}
""",
    "breakdown": """
101:
  1: {heading: INT. BARN - DAY, pages: 2 3/8, cast: [1]}
  2: {heading: EXT. FIELD - DAY, pages: 1, cast: [1]}
  3: {heading: EXT. FIELD - DAY, pages: 1/8, cast: [1]}
102:
  1: {heading: INT. BARN - DAY, pages: 4/8, cast: [1]}
  2: {heading: EXT. FIELD - DAY, pages: 1, cast: [1]}
  3: {heading: EXT. FIELD - DAY, pages: 7/8, cast: [1]}
103:
  1: {heading: INT. BARN - DAY, pages: 3, cast: [1]}
""",
    "cast": """
1: {character: WREN, id: wren-a, performer: A. Wren}
""",
    "private/budget": """
currencies: {USD: 1.37}
series: {pattern: [101, 102], amortise: days}
groups: {x: {name: X, off: true}}
fringes:
  cpp: {name: CPP, rate: 5.95%, ceiling: 10000, floor: 3500, on: labour}
  vac: {name: Vacation, rate: 4%, on: labour}
  wcb: {name: WCB, rate: 1.7%, on: [labour, vac]}
categories: {"01": {name: Rights, level: atl}, "06": {name: Stars, level: atl}, "12": {name: Labour, level: production}, "60": {name: Edit, level: post}}
accounts:
  "0101": {category: "01", name: Rights, lines: [{what: Rights, rate: 10000.01}]}
  "0601":
    category: "06"
    name: Stars
    lines:
      - {what: WREN, amount: cast(1).paid, unit: day, rate: 333.33, person: wren-a, episode: pattern, fringes: [cpp, vac, wcb]}
      - {what: WREN 103, amount: 2, unit: day, rate: 500, person: wren-a, episode: 103, fringes: [cpp, vac, wcb]}
      - {what: WREN off, amount: 2, unit: day, rate: 500, person: wren-a, episode: 102, groups: [x], fringes: [cpp]}
  "1201":
    category: "12"
    name: PM
    fringes: [cpp, vac, wcb]
    episode: pattern
    lines:
      - {what: Prep, amount: 1, unit: week, rate: 1111.11}
      - {what: Wrap, amount: 1, unit: week, rate: 700, episode: amort}
      - {what: Pilot bonus, amount: 1, unit: flat, rate: 50, episode: 101, currency: USD}
  "6001": {category: "60", name: Editor, lines: [{what: Cut, amount: 3, unit: week, rate: 1000.1, episode: pattern}, {what: Refund, rate: -77.77, episode: 103}]}
charges:
  - {name: Contingency, rate: 10%, on: [production, post]}
  - {name: Inside, rate: 3%, on: ["6001"], inside: "6001"}
credits:
  - {name: CPTC, rate: 25%, on: [labour], at_most: {rate: 60%, on: [all]}, applied: true}
""",
}

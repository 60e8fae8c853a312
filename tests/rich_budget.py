"""A small production whose budget has one of everything: for documents and spreadsheets that must get all of it right."""

from __future__ import annotations

FILES = {
    "production": """
pmkit: 1
title: Low Water
code: LOW
company: Tern & Pike LLC
currency: USD
""",
    "schedule": "main:\n  2026-03-02: {call: 7:00, strips: [1]}\n  2026-03-03: {call: 7:00, strips: [2]}\n",
    "breakdown": "1: {heading: INT. BARN - DAY, pages: 2, cast: [1]}\n2: {heading: EXT. FIELD - DAY, pages: 1, cast: [1]}\n",
    "cast": "1: {character: WREN, id: wren-a, performer: A. Wren}\n",
    "crew": """
camera:
  people:
    - {id: dop, name: D. Oper, position: Director of Photography}
    - {id: dop-2, person: dop, position: B Camera Operator}
""",
    "private/budget": """
chart: us-studio
locked: 2026-02-01
rounding: display
currencies: {CAD: 0.73, GBP: 1.27}
globals: {prep: 3, days_: "days(main) * prep + round(2.5)", half: "round(days_ / 2, 1)", most: "max(prep, 2) * -1 + 10"}
groups: {stunts: {name: Stunt sequence}, reshoots: {name: Reshoots, off: true}}
residents: [dop]
fringes:
  fica: {name: Employer FICA, rate: 6.2%, ceiling: 9000, on: labour}
  futa: {name: Federal unemployment, rate: 0.6%, ceiling: 7000, on: labour}
  holiday: {name: Holiday pay, rate: 8.33%, on: labour}
  tax: {name: Payroll tax, rate: 6%, on: [labour, holiday]}
  nic: {name: National Insurance, rate: 15%, floor: 5000, ceiling: 12000, on: labour}
  hw: {name: Health, flat: 2.85/hour, ceiling: 8000}
  cheque: {name: Handling, flat: 10/cheque}
  weekly: {name: Weekly levy, rate: 2%, floor: 100, ceiling: 900, per: week}
  pension: {name: Pension, flat: 4 CAD/day, account: 2099}
accounts:
  1101: {name: Writer, lines: [{what: "=1+1 Draft", rate: 12000.55}, {what: "@polish", amount: 10, unit: "%", rate: 12000}]}
  2001:
    name: Production manager
    fringes: [fica, futa, holiday, tax]
    lines:
      - {what: Prep, amount: prep, unit: week, rate: 2400, person: wren-a}
      - {what: Shoot, amount: "days_", x: 1.5, unit: day, rate: "400 + 20", person: wren-a}
      - {subtotal: Management}
      - {what: Wrap, amount: "half", unit: week, rate: 2100, person: wren-a, fringes: [fica, weekly, cheque]}
      - {what: Trailer, amount: 2, unit: week, rate: 900, currency: CAD, kind: materials}
  3301:
    name: Camera
    fringes: [fica, futa, nic, hw, pension]
    lines:
      - {what: First, amount: 20, unit: day, rate: 333.33, person: dop, groups: [stunts]}
      - {what: Second, amount: 4, unit: week, rate: 1800, person: dop-2}
      - {what: Loader prep, amount: 2, unit: week, rate: 3000, range: loader}
      - {what: Loader shoot, amount: 3, unit: week, rate: 2500, range: loader}
      - {what: Unnamed, amount: "most", unit: day, rate: 1500, currency: GBP}
      - {what: Again, amount: 5, unit: day, rate: 900, groups: [reshoots]}
  3318: {name: "+ Cameras", lines: [{what: "-Package", amount: days(main), unit: day, rate: 1250, groups: [stunts]}]}
  4501: {name: Editor, lines: [{what: "#REF!", amount: 8, unit: week, rate: 2100, fringes: [fica]}]}
  2099: {name: Fringes}
  6701: {name: Insurance, lines: [{what: Package, unit: allow, rate: 9000}]}
charges:
  - {name: Handling, rate: 3%, on: [3318], inside: 3318}
  - {name: Contingency, rate: 10%, on: [production, post], exclude: [stunts]}
  - {name: Guarantee, rate: 2.5%, on: [atl, btl, Contingency], exclude_amount: "1000 * prep"}
  - {name: Legal, flat: "750 * 2", account: 6829}
credits:
  - {name: Federal, rate: 25%, on: [labour], at_most: {rate: 30%, on: [all], less: [State]}, applied: true, discount: 4%}
  - {name: State, applied: true, cap: 4000, minimum: 1000, rows: [{what: Local, rate: 20%, on: [2001], spend_cap: 30000},
     {what: Resident crew, rate: 5%, on: [labour], residency: resident, person_cap: 9000}]}
  - {name: Regional, rate: 10%, on: [post], less: [State]}
""",
}

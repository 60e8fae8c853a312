"""The words that can follow `pmkit`, under their headings; each is a module of this package, loaded when it is called."""

from __future__ import annotations

# Every command with its line of help, under the heading it stands below; the modules are loaded only when called.
HEADINGS = {
    "the folder": {
        "new": "start a production folder",
        "validate": "everything that is wrong with the folder, at once",
        "save": "validate, commit, take in what others did, share: both repositories",
        "import": "read other people's files: scripts, schedules, crew and cast lists, ledgers, budgets",
        "export": "for other programs: the schedule as .uss, calendars, journals of the costs",
        "schema": "JSON Schemas, so that editors complete the files",
    },
    "documents": {
        "callsheet": "the call sheet of a day, or one person's call",
        "oneliner": "the one-line schedule, by shooting day",
        "shooting": "the shooting schedule, with every element",
        "stripboard": "the board as coloured strips, for the wall",
        "breakdown": "a breakdown sheet for each scene",
        "elements": "what is needed of a category, and on which days",
        "dood": "the day out of days, of the cast or any category",
        "calendar": "prep, shoot and wrap by month",
        "scenes": "what is shot, owed and left",
        "topsheet": "the budget by category, alone or against another",
        "budget": "the budget in full, one account of it, or its fringes",
        "costs": "the cost report, or one account of it",
        "cashflow": "what is paid and what comes in, week by week",
        "crewlist": "the crew by department",
        "castlist": "the cast by number",
        "dealmemo": "one person's deal memo and kit rental form; who works without one",
    },
    "acts": {
        "schedule": "move scenes and days on the board, and see what that does",
        "efc": "a new estimate of what an account will cost in the end",
        "period": "close an accounting period, or open it again",
        "rename": "one name everywhere: a scene, cast number, person, set, location or account",
        "send": "mail a document, the daily report or a file to lists and people",
        "request": "ask people; who said what; hold, book and release them",
        "po": "purchase orders: raise, approve, invoice, close, print, list",
        "outbox": "what is on its way by mail, what did not go, and your word on it",
        "inbox": "take in the answers that came by mail, look at them, accept them",
    },
}

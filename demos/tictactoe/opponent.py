# The board is a text of nine characters, row by row: "X", "O", or "." where nobody is.
LINES = ("012", "345", "678", "036", "147", "258", "048", "246")
_known = {}


def winner(board):
    """The three fields that won, or an empty text."""
    for line in LINES:
        a, b, c = [board[int(field)] for field in line]
        if a != "." and a == b == c:
            return line
    return ""


def free(board):
    return [field for field in range(9) if board[field] == "."]


def after(board, field, mark):
    return board[:field] + mark + board[field + 1 :]


def value(board, mark):
    """How the game ends for who plays `mark` now, if both play well: 1 won, 0 drawn, -1 lost."""
    key = board + mark
    if key not in _known:
        if winner(board):
            _known[key] = -1  # the other one has just won
        elif not free(board):
            _known[key] = 0
        else:
            other = "O" if mark == "X" else "X"
            _known[key] = max([-value(after(board, field, mark), other) for field in free(board)])
    return _known[key]


def best(board, mark):
    """A field after which the other one has the least."""
    other = "O" if mark == "X" else "X"
    # The middle first, then corners: of moves that are as good, the one that people expect.
    order = [field for field in (4, 0, 2, 6, 8, 1, 3, 5, 7) if board[field] == "."]
    return min(order, key=lambda field: value(after(board, field, mark), other))

import sys

import pytest

from tools.paths import DEMOS


@pytest.fixture(scope="module")
def opponent():
    sys.path.insert(0, str(DEMOS / "tictactoe"))
    import opponent

    yield opponent
    sys.path.remove(str(DEMOS / "tictactoe"))
    del sys.modules["opponent"]


@pytest.mark.parametrize("first", ["X", "O"])
def test_whatever_a_person_does_the_computer_does_not_lose(opponent, first):
    ends = {"X": 0, "O": 0, "": 0}

    def play(board, mark):
        line = opponent.winner(board)
        if line or not opponent.free(board):
            ends[board[int(line[0])] if line else ""] += 1
            return
        fields = opponent.free(board) if mark == "X" else [opponent.best(board, "O")]
        for field in fields:
            play(opponent.after(board, field, mark), "O" if mark == "X" else "X")

    play("." * 9, first)

    assert ends["X"] == 0
    assert ends["O"] > 0 and ends[""] > 0


def test_a_win_is_taken_and_a_threat_is_met(opponent):
    assert opponent.best("OO.XX....", "O") == 2
    assert opponent.best("XX..O....", "O") == 2

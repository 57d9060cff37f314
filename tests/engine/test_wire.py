import pytest
from onnx import AttributeProto, TensorProto

from mekiki.wire import BYTES, FIXED32, VARINT, Message, WireError, signed


def fields(data, most=1000):
    return list(Message(data, most).fields(0, len(data)))


def test_fields_of_a_real_message_are_found():
    tensor = TensorProto(name="weights", data_type=1, dims=[300, -1])
    data = tensor.SerializeToString()
    message = Message(data, 100)
    dims = [signed(value) for number, _, value, _ in message.fields(0, len(data)) if number == 1]
    names = [
        message.text(*span) for number, _, *span in message.fields(0, len(data)) if number == 8
    ]
    assert dims == [300, -1]
    assert names == ["weights"]


def test_each_type_is_told_apart():
    data = AttributeProto(f=1.5, i=7, s=b"ab").SerializeToString()
    kinds = {number: kind for number, kind, _, _ in fields(data)}
    assert kinds == {2: FIXED32, 3: VARINT, 4: BYTES}


def test_packed_integers_are_signed():
    data = b"\x01\xac\x02" + b"\xff" * 9 + b"\x01"
    assert list(Message(data, 10).integers(0, len(data))) == [1, 300, -1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x0a", "cut off"),  # a length is missing
        (b"\x0a\x05abc", "cut off"),  # three of five bytes
        (b"\x08", "cut off"),  # a value is missing
        (b"\x08" + b"\xff" * 11, "cut off"),  # a number that does not end
        (b"\x0d\0\0", "cut off"),  # two of four bytes
        (b"\x0b", "no field has type 3"),
        (b"\0\0", "no field has number 0"),
    ],
)
def test_what_is_no_message_is_refused(data, said):
    with pytest.raises(WireError, match=said):
        fields(data)


def test_reading_stops_where_more_fields_come_than_were_allowed():
    data = b"\x08\x01" * 50
    assert len(fields(data, 50)) == 50
    with pytest.raises(WireError, match="too many"):
        fields(data, 49)


def test_packed_integers_count_as_fields():
    with pytest.raises(WireError, match="too many"):
        list(Message(b"\x01" * 50, 49).integers(0, 50))


def test_no_inner_message_reaches_beyond_its_end():
    data = b"\x0a\x02\x0a\x09" + b"x" * 20
    message = Message(data, 10)
    ((_, _, start, end),) = [next(message.fields(0, len(data)))]
    with pytest.raises(WireError, match="cut off"):
        list(message.fields(start, end))

from tools.bench.environment import cpu_name, wheel_facts


def test_the_processor_is_called_as_linux_calls_it(tmp_path):
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(
        "processor\t: 0\nmodel name\t: Some CPU: fast\nmodel name\t: Some CPU: fast\n"
    )
    assert cpu_name(cpuinfo) == "Some CPU: fast"


def test_without_cpuinfo_the_processor_has_a_name_all_the_same(tmp_path):
    assert cpu_name(tmp_path / "none")


def test_a_wheel_is_known_by_its_hash(tmp_path):
    (tmp_path / "a.whl").write_bytes(b"abc")
    assert wheel_facts(tmp_path / "a.whl") == {
        "file": "a.whl",
        "bytes": 3,
        "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    }

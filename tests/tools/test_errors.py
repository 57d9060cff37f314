from tools.errors import BuildError


def test_an_error_prints_its_code_and_what_it_knows():
    error = BuildError("package-version", found="1", wanted="2")

    assert str(error) == "package-version: found=1 wanted=2"
    assert (error.code, error.data) == ("package-version", {"found": "1", "wanted": "2"})

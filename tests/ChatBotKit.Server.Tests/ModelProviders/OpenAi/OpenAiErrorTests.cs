using System.Text;
using ChatBotKit.Server.ModelProviders.OpenAi;
using ChatBotKit.Server.ModelProviders.OpenAi.Failures;

namespace ChatBotKit.Server.Tests.ModelProviders;

public sealed class OpenAiErrorTests
{
    [Theory]
    [InlineData("""[{"error":{"code":400,"message":"bad tool","status":"INVALID_ARGUMENT"}}]""", "bad tool", "400", "")]
    [InlineData("""{"detail":[{"loc":["body","model"],"msg":"unknown model"}]}""", "unknown model", "", "model")]
    [InlineData("""{"detail":[{"loc":["body",0],"msg":"one"},{"loc":["body",1],"msg":"two"}]}""", "one; two", "", "0")]
    [InlineData("""{"object":"error","message":{"detail":[{"loc":["body","stream_options"],"msg":"not allowed"}]}}""", "not allowed", "", "stream_options")]
    [InlineData("""{"error":{"message":"words","type":"t","param":"p","code":null}}""", "words", "t", "p")]
    [InlineData("""{"error":"words"}""", "words", "", "")]
    [InlineData("""{"error":true,"message":"words"}""", "words", "", "")]
    [InlineData("""{"detail":"words"}""", "words", "", "")]
    [InlineData("""{"code":400,"details":"words"}""", "words", "400", "")]
    [InlineData("""{"errors":[{"message":"words"}]}""", "words", "", "")]
    [InlineData("""{"error":{"message":"{\"error\":{\"message\":\"inner\",\"code\":7}}"}}""", "inner", "7", "")]
    [InlineData(
        """{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"{\"error\":{\"message\":\"inner\",\"param\":\"seed\"}}"}}}""",
        "Provider returned error: inner", "400", "seed")]
    [InlineData("""{"error":{"message":"words","code":403,"metadata":{"reasons":["violence"]}}}""", "words", "403", "")]
    [InlineData("""{"base_resp":{"status_code":1004,"status_msg":"login fail"}}""", "login fail", "1004", "")]
    [InlineData("""{"error_code":18,"error_msg":"limit reached"}""", "limit reached", "18", "")]
    [InlineData(
        """{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"One or more validation errors occurred.","status":400,"errors":{"$.messages[0]":["Too long.","Not a text."],"seed":["Unknown."]}}""",
        "One or more validation errors occurred. ($.messages[0]: Too long. Not a text.; seed: Unknown.)", "400", "")]
    [InlineData("""{"type":"about:blank","title":"Bad Request","status":400,"detail":"words","errors":{"seed":"unknown"}}""", "words (seed: unknown)", "400", "seed")]
    [InlineData("""{"title":"Invalid","status":422,"errors":[{"detail":"unknown","pointer":"#/seed"},{"message":"two"}]}""", "Invalid (unknown; two)", "422", "")]
    [InlineData("""{"message":"words","errors":["words","more"]}""", "words (words; more)", "", "")]
    [InlineData("""{"error":{"message":"words","errors":[{"message":"words","domain":"global"}]}}""", "words", "", "")]
    [InlineData("""{"errors":{"seed":["unknown"]}}""", "seed: unknown", "", "seed")]
    [InlineData("""{"title":"words","errors":{}}""", "words", "", "")]
    [InlineData("""{"title":"words","errors":{"a":null,"b":[],"c":[1]}}""", "words", "", "")]
    [InlineData("\"words\"", "words", "", "")]
    [InlineData("just words", "just words", "", "")]
    [InlineData("{\"error\":{\"message\":\"cut", "{\"error\":{\"message\":\"cut", "", "")]
    [InlineData("<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", "502 Bad Gateway", "", "")]
    [InlineData("<html><body>nothing</body></html>", "", "", "")]
    [InlineData("""{"error":{"message":"\ud83d"}}""", "{\"error\":{\"message\":\"\\ud83d\"}}", "", "")]
    [InlineData("[1]", "", "", "")]
    [InlineData("null", "", "", "")]
    [InlineData("", "", "", "")]
    public void Body_OfAnyShape_GivesItsWords(string body, string message, string code, string param)
    {
        var error = OpenAiErrorBody.Read(Encoding.UTF8.GetBytes(body));

        Assert.Equal((message, code, param), (error.Message, error.Code, error.Param));
    }

    [Fact]
    public void Faults_WithoutNumber_AreToldUpToALength()
    {
        var faults = string.Join(',', Enumerable.Range(0, 5_000).Select(number => $"\"field{number}\":[{string.Join(',', Enumerable.Repeat("\"wrong\"", 50))}]"));

        var error = OpenAiErrorBody.Read(Encoding.UTF8.GetBytes($$$"""{"title":"Invalid","errors":{{{{faults}}}}}"""));

        Assert.StartsWith("Invalid (field0: wrong wrong", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 100, 1_200);
    }

    [Fact]
    public void Body_OfEndlessDepth_IsNoCrash()
    {
        var body = string.Concat(Enumerable.Repeat("""{"error":""", 40)) + "\"deep\"" + new string('}', 40);

        Assert.Equal("", OpenAiErrorBody.Read(Encoding.UTF8.GetBytes(body)).Message);
    }

    [Theory]
    [InlineData("k", "use max_completion_tokens")]
    [InlineData("none", "there is none")]
    [InlineData("apikey", "send an apikey")]
    [InlineData("ollama", "ollama is busy")]
    [InlineData("LM-Studio", "LM-Studio is busy")]
    [InlineData("sk-no-key-required", "sk-no-key-required is no key")]
    [InlineData("xxxxxxxxxxxx", "xxxxxxxxxxxx is no key")]
    public void Key_ThatIsNoSecret_StaysInTheWords(string key, string words) =>
        Assert.Equal(": " + words, Quoted(words, new OpenAiOptions { ApiKey = key }));

    [Theory]
    [InlineData("some-long-key")]
    [InlineData("a+b/c=defgh")]
    public void Key_IsTakenOutOfTheWords(string key) => Assert.Equal(
        ": … and …", Quoted($"{key} and {Uri.EscapeDataString(key)}", new OpenAiOptions { ApiKey = key }));

    [Fact]
    public void Key_InTheAddress_IsTakenOutToo() => Assert.Equal(
        ": asked with …, 2024-10-21-preview",
        Quoted("asked with abcdef123456, 2024-10-21-preview", new OpenAiOptions { BaseUrl = new Uri("http://h/v1?key=abcdef123456&api-version=2024-10-21-preview") }));

    [Fact]
    public void Words_OfManyLines_StayOnOne() => Assert.Equal(": one  two  [31mred", Quoted("one\r\ntwo \u001b[31mred", new OpenAiOptions()));

    private static string Quoted(string words, OpenAiOptions options) => new QuotedWords(options).After(new OpenAiError(words, ""));
}

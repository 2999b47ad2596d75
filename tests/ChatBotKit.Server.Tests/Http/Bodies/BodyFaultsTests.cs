using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Tests.Http;

public sealed class BodyFaultsTests
{
    private static readonly JsonSerializerOptions Options = CreateOptions();

    [Theory]
    [InlineData("""{"count":"5","share":"0.5","flag":"true","text":"x"}""", 5, 0.5, true)]
    [InlineData("""{"count":5,"share":1,"flag":false,"text":"x"}""", 5, 1, false)]
    public void NumbersAndBooleans_MayComeAsStrings(string body, int count, double share, bool flag)
    {
        var sample = Parse(body);

        Assert.Equal((count, share, flag), (sample.Count, sample.Share, sample.Flag));
    }

    [Theory]
    [InlineData("""{}""", "\"text\" is required")]
    [InlineData("""{"text":null}""", "\"text\" must not be null")]
    [InlineData("""{"text":1}""", "\"text\" must be a string")]
    [InlineData("""{"text":"x","flag":"maybe"}""", "\"flag\" must be true or false")]
    [InlineData("""{"text":"x","count":1.5}""", "\"count\" must be an integer")]
    [InlineData("""{"text":"x","share":"many"}""", "\"share\" must be a number")]
    [InlineData("""{"text":"x","children":{}}""", "\"children\" must be an array")]
    [InlineData("""{"text":"x","children":[{"text":"y"},3]}""", "\"children[1]\" must be an object")]
    [InlineData("""{"text":"x","children":[{"text":"y"}, null]}""", "\"children[1]\" must be an object")]
    [InlineData("""{"text":"x","children":[ null ]}""", "\"children[0]\" must be an object")]
    [InlineData("""{"text":"x","labels":{"a":"b","c":4}}""", "\"labels.c\" must be a string")]
    [InlineData("""{"text":"x","text":"y"}""", "\"text\" is given twice")]
    [InlineData("""{"a":1,"count":"x","children":[{}]}""",
        "\"a\" is not allowed; \"count\" must be an integer; \"children[0].text\" is required; \"text\" is required")]
    [InlineData("""[]""", "The request body must be an object")]
    [InlineData("""null""", "The request body must be an object")]
    [InlineData("""{"text":"x"} {}""", "The request body is not valid JSON: line 1, position 14")]
    [InlineData("{\n  \"text\": }", "The request body is not valid JSON: line 2, position 11")]
    [InlineData("{\"text\":\"x", "The request body is not valid JSON: line 1, position 11")]
    public void Body_ThatDoesNotFit_IsDescribed(string body, string expected)
    {
        var refusal = Assert.Throws<ApiException>(() => Parse(body));

        Assert.Equal(expected, refusal.Message);
        Assert.Equal(ErrorCode.BadRequest, refusal.Code);
    }

    [Fact]
    public void DeepNesting_IsRefused()
    {
        var body = string.Concat(Enumerable.Repeat("""{"text":"x","children":[""", 200)) + string.Concat(Enumerable.Repeat("]}", 200));

        var refusal = Assert.Throws<ApiException>(() => Parse(body));

        Assert.Equal("The request body may not be nested deeper than 48 levels", refusal.Message);
    }

    [Fact]
    public void Faults_WithoutEnd_AreCutOff()
    {
        var body = "{" + string.Join(",", Enumerable.Range(0, 10_000).Select(i => $"\"k{i}\":1")) + "}";

        var refusal = Assert.Throws<ApiException>(() => Parse(body));

        Assert.True(refusal.Message.Length < 2000, $"{refusal.Message.Length} characters");
    }

    [Theory]
    [InlineData("""{"text":"x","@":1}""", "\"#\" is not allowed")]
    [InlineData("""{"text":"x","labels":{"@":1}}""", "\"labels.#\" must be a string")]
    [InlineData("""{"text":"x","children":[{"text":"y","@":{}}]}""", "\"children[0].#\" is not allowed")]
    public void Name_ThatIsLong_IsQuotedInPart(string body, string expected)
    {
        var refusal = Assert.Throws<ApiException>(() => Parse(body.Replace("@", new string('k', 10_000), StringComparison.Ordinal)));

        Assert.Equal(expected.Replace("#", new string('k', 100) + "…", StringComparison.Ordinal), refusal.Message);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"a":1,"a":2}""")]
    public void KeysThatAreThereTwice_InDataThatIsDeepAndWide_AreFoundInLittleMemory(string element)
    {
        const int Depth = 40;
        var name = new string('k', 90);
        var wide = string.Join(',', Enumerable.Repeat(element, 50_000));
        var begin = string.Concat(Enumerable.Repeat($$"""{"{{name}}":""", Depth));
        var body = $$"""{"text":"x","labels":{{begin}}[{{wide}},{"a":1,"a":2}]{{new string('}', Depth)}}}""";

        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Assert.Throws<ApiException>(() => Parse(body));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Contains("].a\" is given twice", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 50_000_000);
    }

    [Fact]
    public void KeysThatAreThereTwice_AreToldWithTheirPlace_UpToTheMost()
    {
        var keys = string.Join(',', Enumerable.Repeat("\"b\":1", 100));

        var refusal = Assert.Throws<ApiException>(() => Parse($$$"""{"text":"x","labels":{"a":[0,{"c":{{{{keys}}}}}]}}"""));

        Assert.Equal(20, refusal.Message.Split("\"labels.a[1].c.b\" is given twice").Length - 1);
    }

    private static Sample Parse(string body) =>
        JsonBodyReader.Parse(
            Encoding.UTF8.GetBytes(body), (JsonTypeInfo<Sample>)Options.GetTypeInfo(typeof(Sample)));

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions();
        ServerJson.Apply(options);
        options.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
        return options;
    }

    internal sealed record Sample
    {
        public required string Text { get; init; }

        public int? Count { get; init; }

        public double Share { get; init; }

        public bool Flag { get; init; }

        public IReadOnlyList<Sample>? Children { get; init; }

        public IReadOnlyDictionary<string, string>? Labels { get; init; }
    }
}

using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The actions that need nothing outside of the server.</summary>
public sealed class AbilityActionTests : IAsyncLifetime
{
    private FeatureServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await FeatureServer.StartAsync(new FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 23, 30, 0, TimeSpan.Zero)));

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _server.DisposeAsync();
    }

    [Theory]
    [InlineData("@time/now", """{"timezone":"Asia/Tokyo","format":"date"}""", """{"time":"2026-11-02","timezone":"Asia/Tokyo"}""")]
    [InlineData("template: time/now\nparameters: {timezone: Europe/Berlin}", """{"timezone":"Asia/Tokyo"}""", """{"time":"2026-11-02T00:30:00+01:00","timezone":"Europe/Berlin"}""")]
    [InlineData("@math/evaluate", """{"expression":"(3 + 4) * Sqrt(4) - 2 ** 3"}""", "6")]
    [InlineData("@math/evaluate", """{"expression":"2^10"}""", "1024")]
    [InlineData("@math/evaluate", """{"expression":"2147483647 + 1"}""", "2147483648")]
    [InlineData("@math/evaluate", """{"expression":"100000 * 100000 / 4"}""", "2500000000")]
    [InlineData("```math\n$[a! number] > 2\n```", """{"a":3}""", "true")]
    [InlineData("@todo/write", """{"items":[{"id":1,"title":"Dig","status":"pending"}]}""", """[{"id":1,"title":"Dig","status":"pending"}]""")]
    [InlineData("!list.push {name: a}", """{"item":"x"}""", """{"length":1}""")]
    public async Task Execute_OfAnAction_Answers(string instruction, string? input, string result) =>
        Assert.Equal(result, (await _server.Owner.ExecuteAsync(instruction, input)).Result());

    [Theory]
    [InlineData("@time/now", """{"timezone":"Mars"}""", "There is no time zone \"Mars\".")]
    [InlineData("@math/evaluate", """{"expression":"9223372036854775807 + 1"}""", "A whole number is too large; write it with a decimal point, as in 3.0.")]
    [InlineData("@math/evaluate", """{"expression":"1/0"}""", "The result is not a finite number.")]
    [InlineData("@math/evaluate", """{"expression":"System.IO.File.ReadAllText('x')"}""", "The expression can't be evaluated.")]
    [InlineData("@todo/manage", """{"operation":"write","items":[{"title":"a","status":"never"}]}""", "Each element needs a title and a status, which is one of pending, in_progress, completed.")]
    [InlineData("@list/what", null, "The catalogue has no template \"list/what\".")]
    [InlineData("@shell/exec", null, "This server does not serve \"shell/exec\": It needs a sandbox for programs, which this server does not have.")]
    [InlineData("@search/web", """{"query":"x"}""", "This server has no search engine. Its operator can set CHATBOTKIT_SEARCH_URL or CHATBOTKIT_SEARCH_KEY.")]
    [InlineData("@text/summarize", """{"source":"x"}""", "This needs a language model, and the server has none.")]
    [InlineData("Greet the user in a friendly way.", """{"input":"x"}""", "This needs a language model, and the server has none.")]
    [InlineData("@space/storage/list", null, "The ability has no space.")]
    [InlineData("@file/read", null, "The ability has no file.")]
    [InlineData("@bot/ask", """{"question":"x"}""", "The ability has no bot.")]
    public async Task Execute_OfWhatCantBe_AnswersTheError(string instruction, string? input, string error) =>
        Assert.Equal(error, (await _server.Owner.ExecuteAsync(instruction, input)).Error());

    [Theory]
    [InlineData("99999999!")]
    [InlineData("((((((((((1))))))))))")]
    [InlineData("10 ** 10 ** 10")]
    [InlineData("1 << 99999")]
    public async Task Math_OfAHugeExpression_Ends(string expression)
    {
        var answer = await _server.Owner.ExecuteAsync("@math/evaluate", new { expression });

        Assert.True(answer.TryGetProperty("error", out _) || answer.TryGetProperty("result", out _));
    }

    [Fact]
    public async Task Memory_IsCreatedFoundChangedAndDeleted()
    {
        var created = (await _server.Owner.ExecuteAsync("@memory/create", new { content = "Ada likes tulips." })).GetProperty("result").Id();
        await _server.Owner.ExecuteAsync("@memory/create", new { content = "Bo likes cars." });

        Assert.Equal($$"""[{"id":"{{created}}","text":"Ada likes tulips."}]""", (await _server.Owner.ExecuteAsync("@memory/search", new { query = "tulips" })).Result());
        await _server.Owner.ExecuteAsync("@memory/update[by-id]", new { memoryId = created, content = "Ada likes roses." });
        Assert.Contains("roses", (await _server.Owner.ExecuteAsync("@memory/list")).Result(), StringComparison.Ordinal);
        Assert.Equal("This run has no contact.", (await _server.Owner.ExecuteAsync("@memory/delete[contact][by-id]", new { memoryId = created })).Error());
        (await _server.Owner.ExecuteAsync("@memory/delete[by-id]", new { memoryId = created })).Result();
        Assert.Equal("There is no such memory.", (await _server.Owner.ExecuteAsync("@memory/delete[by-id]", new { memoryId = created })).Error());
    }

    [Fact]
    public async Task File_IsWrittenReadAndReplaced()
    {
        var file = ApiJson.Id(await _server.PostAsync("file/create", """{"name":"notes.txt"}"""));
        var linked = new { fileId = file };

        await _server.Owner.ExecuteAsync("@file/write", new { content = "one\ntwo\nthree" }, linked);
        await _server.Owner.ExecuteAsync("@file/append", new { content = "\nfour" }, linked);
        await _server.Owner.ExecuteAsync("@file/replace", new { search = "two", replace = "2" }, linked);

        Assert.Equal("\"2\\nthree\"", (await _server.Owner.ExecuteAsync("@file/read", new { startLine = 2, endLine = 3 }, linked)).Result());
        Assert.Equal("\"one\\n2\\nthree\\nfour\"", (await _server.Owner.ExecuteAsync("@file/read[by-id]", new { fileId = file })).Result());
    }

    [Fact]
    public async Task Storage_OfTheLinkedSpace_IsWrittenListedMovedAndDeleted()
    {
        var linked = new { spaceId = ApiJson.Id(await _server.PostAsync("space/create", """{"name":"Work"}""")) };

        await _server.Owner.ExecuteAsync("@space/storage/write", new { path = "a/b.txt", content = "Hello" }, linked);
        Assert.Equal("""["a/"]""", (await _server.Owner.ExecuteAsync("@space/storage/list", null, linked)).Result());
        Assert.Equal("""["a/b.txt"]""", (await _server.Owner.ExecuteAsync("@space/storage/list", new { recursive = true }, linked)).Result());
        await _server.Owner.ExecuteAsync("@space/storage/move", new { path = "a/b.txt", destinationPath = "c.txt" }, linked);
        Assert.Equal("\"Hello\"", (await _server.Owner.ExecuteAsync("@space/storage/read", new { path = "c.txt" }, linked)).Result());
        Assert.Contains("must be names", (await _server.Owner.ExecuteAsync("@space/storage/read", new { path = "../c.txt" }, linked)).Error(), StringComparison.Ordinal);
        (await _server.Owner.ExecuteAsync("@space/storage/delete", new { path = "c.txt" }, linked)).Result();
        Assert.Equal("There is no such file.", (await _server.Owner.ExecuteAsync("@space/storage/read", new { path = "c.txt" }, linked)).Error());
    }

    [Fact]
    public async Task Dataset_OfTheOwner_IsFilledAndSearched()
    {
        var dataset = (await _server.Owner.ExecuteAsync("@dataset/create", new { name = "Care" })).GetProperty("result").Id();

        (await _server.Owner.ExecuteAsync("@dataset/record/create", new { datasetId = dataset, record = "Orchids need little water." })).Result();

        Assert.Contains("little water", (await _server.Owner.ExecuteAsync($"```search/datasetId={dataset}\n$[q!]\n```", new { q = "orchids" })).Result(), StringComparison.Ordinal);
        Assert.Equal("There is no such dataset.", (await _server.Owner.ExecuteAsync("@dataset/search", new { datasetId = "x", query = "a" })).Error());
    }

    [Fact]
    public async Task Resources_OfAnotherAccount_DoNotExist()
    {
        var stranger = await _server.StrangerAsync();
        var file = ApiJson.Id(await _server.PostAsync("file/create", """{"name":"notes.txt"}"""));
        var memory = ApiJson.Id(await _server.PostAsync("memory/create", """{"text":"Secret"}"""));
        var talk = await _server.CreateConversationAsync();

        Assert.Equal("There is no such file.", (await stranger.ExecuteAsync("@file/read[by-id]", new { fileId = file })).Error());
        Assert.Equal("There is no such memory.", (await stranger.ExecuteAsync("@memory/delete[by-id]", new { memoryId = memory })).Error());
        Assert.Equal("There is no such conversation.", (await stranger.ExecuteAsync("@conversation/fetch[by-id]", new { conversationId = talk })).Error());
    }
}

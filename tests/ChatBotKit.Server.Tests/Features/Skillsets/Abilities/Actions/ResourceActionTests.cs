using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The actions on ratings, conversations, contacts and spaces, and the packs.</summary>
public sealed class ResourceActionTests : IAsyncLifetime
{
    private FeatureServer _server = null!;
    private LocalWebServer _web = null!;

    public async ValueTask InitializeAsync()
    {
        _web = await LocalWebServer.StartAsync(app =>
        {
            app.MapGet("/notes.txt", () => Results.Text("Orchids need little water."));
            app.MapGet("/bots/api/v1/here", () => Results.Text("here"));
        });
        _server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?>
        {
            ["CHATBOTKIT_PUBLIC_URL"] = $"{_web.Url}/bots",
            ["CHATBOTKIT_ALLOW_PRIVATE_URLS"] = "true",
        });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _server.DisposeAsync();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task Rating_OfABot_IsListedFetchedAndDeleted()
    {
        var bot = ApiJson.Id(await _server.PostAsync("bot/create", """{"name":"Clerk"}"""));
        var other = ApiJson.Id(await _server.PostAsync("bot/create", """{"name":"Other"}"""));
        var talk = await _server.CreateConversationAsync($$"""{"botId":"{{bot}}"}""");
        await _server.PostAsync($"conversation/{talk}/upvote", """{"value":3,"reason":"Fast"}""");

        var found = (await _server.Owner.ExecuteAsync("@rating/list", ability: new { botId = bot })).GetProperty("result");

        var rating = Assert.Single(found.EnumerateArray().ToList());
        Assert.Equal((talk, 3, "Fast"), (rating.Text("conversationId"), rating.GetProperty("value").GetInt32(), rating.Text("reason")));
        Assert.Equal("[]", (await _server.Owner.ExecuteAsync("@rating/list[by-bot-id]", new { botId = other })).Result());
        Assert.Equal("There is no such rating.", (await _server.Owner.ExecuteAsync("@rating/fetch[by-bot-id]", new { botId = other, ratingId = rating.Id() })).Error());
        var stranger = await _server.StrangerAsync();
        Assert.Equal("There is no such rating.", (await stranger.ExecuteAsync("@rating/delete", new { ratingId = rating.Id() })).Error());
        (await _server.Owner.ExecuteAsync("@rating/delete", new { ratingId = rating.Id() })).Result();
        Assert.Equal("[]", (await _server.Owner.ExecuteAsync("@rating/list")).Result());
    }

    [Fact]
    public async Task Conversation_IsFoundByWhatWasSaid()
    {
        var talk = await _server.CreateConversationAsync();
        await _server.CreateMessageAsync(talk, "How often do orchids need water?");
        await _server.CreateMessageAsync(await _server.CreateConversationAsync(), "Where is the station?");

        var found = (await _server.Owner.ExecuteAsync("@conversation/search", new { query = "orchids" })).GetProperty("result");

        var item = Assert.Single(found.EnumerateArray().ToList());
        Assert.Equal((talk, "How often do orchids need water?"), (item.Id(), item.Text("text")));
        Assert.Equal("[]", (await (await _server.StrangerAsync()).ExecuteAsync("@conversation/search", new { query = "orchids" })).Result());
    }

    [Fact]
    public async Task Contact_OfTheRun_IsFetchedAndUpdated()
    {
        var contact = ApiJson.Id(await _server.PostAsync("contact/create", """{"name":"Ada","email":"ada@example.org"}"""));
        var skillset = await _server.Owner.CreateSkillsetAsync();
        var update = await _server.Owner.CreateAbilityAsync(skillset, "!contact.update {}");

        await _server.Owner.ReadAsync(HttpMethod.Post, $"skillset/{skillset}/ability/{update}/execute", new { contactId = contact, input = """{"nick":"A","contactId":"x"}""" });

        var fetched = (await _server.Owner.ExecuteAsync($"!contact.fetch {{contactId: {contact}}}")).GetProperty("result");
        Assert.Equal(("Ada", "A", "ada@example.org"), (fetched.Text("name"), fetched.Text("nick"), fetched.Text("email")));
        Assert.Equal("This run has no contact.", (await _server.Owner.ExecuteAsync("!contact.fetch {}")).Error());
        Assert.Equal("There is no such contact.", (await (await _server.StrangerAsync()).ExecuteAsync($"!contact.fetch {{contactId: {contact}}}")).Error());
        Assert.Contains(contact, (await _server.Owner.ExecuteAsync("!contact.list {}")).Result(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_ImportsLinksAndSearchesFiles()
    {
        var linked = new { spaceId = ApiJson.Id(await _server.PostAsync("space/create", """{"name":"Work"}""")) };
        await _server.Owner.ExecuteAsync("@space/storage/write", new { path = "b.txt", content = "Cars\nneed fuel" }, linked);

        Assert.Equal("""{"path":"a/n.txt","size":26}""", (await _server.Owner.ExecuteAsync("@space/storage/import", new { url = $"{_web.Url}/notes.txt", path = "a/n.txt" }, linked)).Result());
        Assert.Equal(
            """{"files":[{"path":"a/n.txt","line":1,"text":"Orchids need little water."}],"isComplete":true}""",
            (await _server.Owner.ExecuteAsync("@space/storage/search", new { query = "orchids" }, linked)).Result());
        var url = (await _server.Owner.ExecuteAsync("@space/storage/link", new { path = "a/n.txt" }, linked)).GetProperty("result").Text("url")!;
        Assert.StartsWith($"{_web.Url}/bots/api/v1/space/{linked.spaceId}/storage/download/a/n.txt?token=", url, StringComparison.Ordinal);
        using var anybody = _server.Server.Client(null);
        using var download = await anybody.SendAsync(HttpMethod.Get, url[$"{_web.Url}/bots/api/v1/".Length..]);
        Assert.Equal("Orchids need little water.", await download.ReadTextAsync());
        Assert.Equal("There is no such file.", (await _server.Owner.ExecuteAsync("@space/storage/link", new { path = "x" }, linked)).Error());
    }

    [Fact]
    public async Task Skill_OfASpace_IsWrittenListedAndRead()
    {
        var linked = new { spaceId = ApiJson.Id(await _server.PostAsync("space/create", """{"name":"Work"}""")) };

        await _server.Owner.ExecuteAsync("@space/skill/create", new { name = "water", description = "How to\nwater orchids.", content = "Once a week." }, linked);

        Assert.Equal(
            """[{"name":"water","path":"skills/water/SKILL.md","description":"How to water orchids."}]""",
            (await _server.Owner.ExecuteAsync("@space/skill/list[by-id]", new { linked.spaceId })).Result());
        Assert.Contains("Once a week.", (await _server.Owner.ExecuteAsync("@space/skill/read", new { name = "water" }, linked)).Result(), StringComparison.Ordinal);
        Assert.Contains("letters, digits and dashes", (await _server.Owner.ExecuteAsync("@space/skill/read", new { name = "../x" }, linked)).Error(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DatasetFile_IsFetchedAndImported()
    {
        var dataset = ApiJson.Id(await _server.PostAsync("dataset/create", """{"name":"Care"}"""));

        var file = (await _server.Owner.ExecuteAsync("@dataset/file/create[url]", new { datasetId = dataset, url = $"{_web.Url}/notes.txt" })).GetProperty("result").Id();

        var attached = await _server.GetAsync($"dataset/{dataset}/file/{file}/fetch");
        Assert.NotEqual("attached", attached.Text("state"));
        Assert.Equal("There is no such dataset.", (await (await _server.StrangerAsync()).ExecuteAsync(
            "@dataset/file/create[url]", new { datasetId = dataset, url = $"{_web.Url}/notes.txt" })).Error());
    }

    [Fact]
    public async Task Pack_ListsAndCallsItsFunctions_WithTheParametersOfTheInstruction()
    {
        var file = ApiJson.Id(await _server.PostAsync("file/create", """{"name":"notes.txt"}"""));
        var other = ApiJson.Id(await _server.PostAsync("file/create", """{"name":"other.txt"}"""));
        var pack = $"template: pack/file[by-id]\nparameters: {{fileId: {file}}}";

        (await _server.Owner.ExecuteAsync(pack, new { function = "file.write", arguments = new { fileId = other, content = "mine" } })).Result();

        Assert.Equal("\"mine\"", (await _server.Owner.ExecuteAsync("@file/read[by-id]", new { fileId = file })).Result());
        Assert.Equal("\"\"", (await _server.Owner.ExecuteAsync("@file/read[by-id]", new { fileId = other })).Result());
        var listed = (await _server.Owner.ExecuteAsync(pack)).GetProperty("result").EnumerateArray().ToList();
        Assert.Equal(["file.read", "file.write", "file.append", "file.prepend", "file.replace"], listed.Select(function => function.Text("name")));
        Assert.All(listed, function => Assert.False(function.GetProperty("parameters").GetProperty("properties").TryGetProperty("fileId", out _)));
        Assert.Equal("The pack has no function \"bot.list\".", (await _server.Owner.ExecuteAsync(pack, new { function = "bot.list" })).Error());
        Assert.Equal("Required values are missing: content.", (await _server.Owner.ExecuteAsync(pack, new { function = "file.append" })).Error());
    }

    [Theory]
    [InlineData("!fetch {url: /api/v1/here, options: {format: text}}", "\"here\"")]
    [InlineData("!fetch {url: '$[path!]', options: {format: text}}", "\"here\"")]
    public async Task Fetch_OfAnAddressWithoutAHost_CallsThisServer(string instruction, string result) =>
        Assert.Equal(result, (await _server.Owner.ExecuteAsync(instruction, new { path = "/api/v1/here" })).Result());

    [Fact]
    public async Task Fetch_OfTwoSlashes_StaysOnThisServer() =>
        Assert.Equal("Status code: 404", (await _server.Owner.ExecuteAsync("!fetch {url: '//example.org/x'}")).Error());

    [Fact]
    public async Task Fetch_WithDebug_ShowsTheRequestWithoutTheValuesOfHeaders() => Assert.Equal(
        $$$"""{"result":"here","debug":{"method":"GET","url":"{{{_web.Url}}}/bots/api/v1/here","headers":["X-Key"],"bodyBytes":0,"status":200,"contentType":"text/plain","characters":4}}""",
        (await _server.Owner.ExecuteAsync("!fetch {url: /api/v1/here, headers: {X-Key: abc}, options: {format: text, debug: true}}")).Result());
}

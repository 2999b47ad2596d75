using System.Text;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Files;
using ChatBotKit.Server.Tests.Knowledge;
using ChatBotKit.TestModels;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The placeholders of a backstory, in every way that a backstory reaches a run.</summary>
public sealed class PlaceholderRunTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private ScriptedModelServer _model = null!;
    private FeatureServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _model = await ScriptedModelServer.StartAsync(Token);
        _server = await FeatureServer.StartAsync(_time, new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = _model.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        });
        for (var i = 0; i < 3; i++)
            _model.Answer(script => script.Text("Yes."));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Theory]
    [InlineData("${CONVERSATION_NAME}, ${CONVERSATION_DESCRIPTION}", "Talk, about flowers")]
    [InlineData("${BOT_NAME} ${BOT_DESCRIPTION} ${BOT_MODEL}", "Flora helps scripted")]
    [InlineData("${CONTACT_NAME}/${CONTACT_EMAIL}/${CONTACT_PREFERENCES}/${CONTACT_DESCRIPTION}", "Ann/ann@shop.example/tulips/a friend")]
    [InlineData("${USER_NAME} ${USER_EMAIL}", "Owner ${USER_EMAIL}")]
    [InlineData("${EARTH_DATE} ${EARTH_TIME}", "Sunday, 1 November 2026 12:00 UTC")]
    [InlineData("${BOT_other_NAME} ${BOT_other_MODEL} ${BOT_OTHER_BACKSTORY}", "Other extractive I am ${CONTACT_NAME}.")]
    [InlineData("${FILE_rules}|${FILE_rules_CONTENTS}|${FILE_rules_NAME}|${FILE_house-rules-2}", "No ${CONTACT_NAME}!|No ${CONTACT_NAME}!|Rules|${FILE_house-rules-2}")]
    [InlineData("${FILE_none} ${BOT_none_NAME} ${BOT_x} ${CONTACT_} ${contact_name} ${}", "${FILE_none} ${BOT_none_NAME} ${BOT_x} ${CONTACT_} ${contact_name} ${}")]
    public async Task Backstory_OfTheConversation_IsExpanded(string backstory, string expected)
    {
        var conversation = await WorldAsync(backstory);

        await _server.PostAsync($"conversation/{conversation}/complete", """{"text":"Hello"}""");

        Assert.Equal(expected, System());
    }

    [Fact]
    public async Task Ids_AreThoseOfTheThingsOfTheRun()
    {
        var conversation = await WorldAsync("${CONVERSATION_ID} ${BOT_ID} ${CONTACT_ID} ${USER_ID} ${FILE_rules_ID}");
        var item = await _server.GetAsync($"conversation/{conversation}/fetch");
        var file = await _server.GetAsync("file/@rules/fetch");

        await _server.PostAsync($"conversation/{conversation}/complete", """{"text":"Hello"}""");

        Assert.Equal($"{conversation} {item.Text("botId")} {item.Text("contactId")} {await _server.Server.OwnerAccountIdAsync()} {file.Id()}", System());
    }

    [Fact]
    public async Task Backstory_OfABot_IsExpanded_InItsSessions()
    {
        var bot = ApiJson.Id(await _server.PostAsync(
            "bot/create", """{"name":"Flora","model":"scripted","backstory":"${BOT_NAME} helps ${CONTACT_NAME} in ${CONVERSATION_ID}"}"""));
        var session = await _server.PostAsync($"bot/{bot}/session/create", """{"contact":{"name":"${BOT_NAME}","email":"a@shop.example"}}""");
        using var visitor = _server.Server.Client(session.Text("token"));

        await visitor.ReadAsync(HttpMethod.Post, $"conversation/{session.Text("conversationId")}/complete", """{"text":"Hello"}""");

        // The name that a visitor gives is not expanded itself.
        Assert.Equal($"Flora helps ${{BOT_NAME}} in {session.Text("conversationId")}", System());
    }

    [Fact]
    public async Task Backstory_OfAMessageAndOfAnExtension_IsExpanded()
    {
        var conversation = await WorldAsync("unused");
        await _server.CreateMessageAsync(conversation, "For ${CONTACT_NAME}.", "backstory");

        await _server.PostAsync(
            $"conversation/{conversation}/complete", """{"text":"Hello","extensions":{"backstory":"By ${BOT_NAME}."}}""");

        Assert.Equal("For Ann.\n\nBy Flora.", System());
    }

    [Fact]
    public async Task Backstory_OfAStatelessRequest_IsExpanded()
    {
        await WorldAsync("unused");

        await _server.Owner.ReadAsync(HttpMethod.Post, "conversation/complete", new
        {
            botId = "@flora",
            backstory = "${BOT_NAME} for ${CONTACT_NAME}: ${FILE_rules} ${CONVERSATION_ID}",
            contactId = new { fingerprint = "0123456789abcdef", name = "Bob" },
            messages = new[] { new { type = "user", text = "Hello" } },
        });

        Assert.Equal("Flora for Bob: No ${CONTACT_NAME}! ${CONVERSATION_ID}", System());
    }

    [Fact]
    public async Task PrivateThings_OfOtherAccounts_AreNotRead()
    {
        await WorldAsync("unused");
        var file = (await _server.GetAsync("file/@rules/fetch")).Id();
        var bot = (await _server.GetAsync("bot/@flora/fetch")).Id();
        var stranger = await _server.StrangerAsync();

        await stranger.ReadAsync(HttpMethod.Post, "conversation/complete", new
        {
            model = "scripted",
            backstory = $"${{FILE_{file}}} ${{BOT_{bot}_NAME}} ${{FILE_rules}}",
            messages = new[] { new { type = "user", text = "Hello" } },
        });

        Assert.Equal($"${{FILE_{file}}} ${{BOT_{bot}_NAME}} ${{FILE_rules}}", System());
    }

    [Fact]
    public async Task LongFile_IsTruncated_AndManyOfThemAreLimited()
    {
        var file = await _server.CreateFileAsync();
        await _server.Owner.UploadTextAsync(file, new string('a', FileTexts.MaxBytes + 1));
        var placeholders = string.Concat(Enumerable.Repeat($"${{FILE_{file}}}", 100));
        var conversation = await _server.CreateConversationAsync($$"""{"model":"scripted","backstory":"{{placeholders}}"}""");

        await _server.PostAsync($"conversation/{conversation}/complete", """{"text":"Hello"}""");

        Assert.InRange(System().Count(letter => letter == 'a'), FileTexts.MaxBytes, 1_010_000);
        Assert.EndsWith($"${{FILE_{file}}}", System(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_IsExpandedWithItsText_WhichIsReadOnce()
    {
        var file = await _server.CreateFileAsync();
        using var pdf = new ByteArrayContent(new PdfFile().Page(PdfFile.Lines(50, 700, 10, "The parrot is called Polly.")).ToArray());
        pdf.Headers.ContentType = new("application/pdf");
        using var uploaded = await _server.Owner.SendAsync(HttpMethod.Post, $"file/{file}/upload", pdf);
        var conversation = await _server.CreateConversationAsync($$"""{"model":"scripted","backstory":"${FILE_{{file}}}"}""");

        await _server.PostAsync($"conversation/{conversation}/complete", """{"text":"Hello"}""");

        Assert.Equal("The parrot is called Polly.", System());
        Assert.Equal(1, await _server.Server.Store.CountAsync(DocumentTextTable.Rows));
        await _server.Owner.UploadTextAsync(file, "Another content");
        Assert.Equal(0, await _server.Server.Store.CountAsync(DocumentTextTable.Rows));
    }

    [Fact]
    public async Task LongDocument_IsTruncated_AndPicturesAndOthersAreNoText()
    {
        var (book, other) = (await _server.CreateFileAsync(), await _server.CreateFileAsync());
        using var word = new ByteArrayContent(Package.Word(string.Concat(Enumerable.Repeat(Package.P(new string('ä', 40)), 2_000))).ToArray());
        using var bookUploaded = await _server.Owner.SendAsync(HttpMethod.Post, $"file/{book}/upload", word);
        using var archive = new ByteArrayContent([1, 2, 3, 0, 0, 0, 255, 254]);
        using var otherUploaded = await _server.Owner.SendAsync(HttpMethod.Post, $"file/{other}/upload", archive);
        var conversation = await _server.CreateConversationAsync($$"""{"model":"scripted","backstory":"${FILE_{{book}}}|${FILE_{{other}}}"}""");

        await _server.PostAsync($"conversation/{conversation}/complete", """{"text":"Hello"}""");

        var parts = System().Split('|');
        Assert.InRange(Encoding.UTF8.GetByteCount(parts[0]), FileTexts.MaxBytes - 3, FileTexts.MaxBytes);
        Assert.Equal($"${{FILE_{other}}}", parts[1]);
    }

    private string System() => _model.Requests.Single().Messages[0].Text("content")!;

    /// <summary>Creates a conversation with a contact and a bot, another bot and a file.</summary>
    private async Task<string> WorldAsync(string backstory)
    {
        await _server.PostAsync("bot/create", """{"name":"Other","alias":"other","model":"extractive","backstory":"I am ${CONTACT_NAME}."}""");
        var bot = ApiJson.Id(await _server.PostAsync("bot/create", """{"name":"Flora","alias":"flora","description":"helps","model":"scripted"}"""));
        var contact = ApiJson.Id(await _server.PostAsync(
            "contact/create", """{"name":"Ann","email":"ann@shop.example","preferences":"tulips","description":"a friend"}"""));
        var file = ApiJson.Id(await _server.PostAsync("file/create", """{"name":"Rules","alias":"rules"}"""));
        await _server.Owner.UploadTextAsync(file, "No ${CONTACT_NAME}!");
        return ApiJson.Id(await _server.Owner.ReadAsync(HttpMethod.Post, "conversation/create", new
        {
            name = "Talk",
            description = "about flowers",
            botId = bot,
            contactId = contact,
            backstory,
        }));
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;

namespace ChatBotKit.EndToEnd.Tests;

/// <summary>The published SDK and server, with a scripted model.</summary>
public sealed class SdkTests : IAsyncLifetime
{
    private ScriptedModelServer _model = null!;
    private ServerFactory _server = null!;
    private ChatBotKitApi _api = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ChatBotKitClientOptions Options => new() { Secret = ServerFactory.OwnerSecret, BaseUrl = _server.Address };

    public async ValueTask InitializeAsync()
    {
        _model = await ScriptedModelServer.StartAsync(Token);
        _server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = _model.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        });
        _api = new ChatBotKitApi(Options);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task Session_StreamsAnAnswer_AndOpensNothingElse()
    {
        _model.Answer(script => script.Text("Hel", "lo ", "🌷").Usage(7, 3));
        var conversation = await _api.Conversation.CreateAsync(new ConversationCreateRequest { Backstory = "Be short." }, Token);
        var session = await new SessionClient(Options).CreateAsync(
            conversation.Id, new SessionCreateRequest { DurationInSeconds = 1800 }, Token);
        var client = new ConversationClient(Options with { Secret = session.Token });

        var events = await client.CompleteAsync(session.Id, Say("Hi"), Token).ToListAsync(Token);

        Assert.Equal("Hello 🌷", string.Concat(events.OfType<TokenEvent>().Select(one => one.Token)));
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long?)number), events.Select(one => one.Id));
        var result = Assert.IsType<ResultEvent>(events[^1]).Data;
        Assert.Equal(("Hello 🌷", EndReason.Stop, 7L, 3L), (result.Text, result.End!.Reason, result.Usage!.InputTokens, result.Usage.OutputTokens));
        var refused = await Assert.ThrowsAsync<ChatBotKitException>(() => client.FetchAsync(session.Id, Token));
        Assert.Equal((HttpStatusCode.Unauthorized, ErrorCodes.NotAuthenticated), (refused.StatusCode, refused.Code));
    }

    [Fact]
    public async Task Contact_IsEnsuredListedAndChanged()
    {
        var request = new ContactEnsureRequest { Fingerprint = "customer-0000-0001", Name = "Ada", Phone = "(650) 253-0000" };
        var ids = await Task.WhenAll(_api.Contact.EnsureAsync(request, Token), _api.Contact.EnsureAsync(request, Token));
        var conversation = await _api.Conversation.CreateAsync(new ConversationCreateRequest { ContactId = ids[0].Id }, Token);
        await _api.Contact.UpdateAsync(ids[0].Id, new ContactUpdateRequest { Preferences = "tea" }, Token);

        var contact = Assert.Single((await _api.Contact.ListAsync(cancellationToken: Token)).Items);

        Assert.Equal(ids[0].Id, ids[1].Id);
        Assert.Equal((ids[0].Id, "Ada", "+16502530000", "tea"), (contact.Id, contact.Name, contact.Phone, contact.Preferences));
        Assert.Equal(contact.CreatedAt, contact.VerifiedAt);
        Assert.Equal([conversation.Id], (await _api.Contact.Conversation.ListAsync(contact.Id, cancellationToken: Token)).Items.Select(item => item.Id));
        await _api.Contact.DeleteAsync(contact.Id, Token);
        Assert.Null((await _api.Conversation.FetchAsync(conversation.Id, Token)).ContactId);
    }

    [Fact]
    public async Task Complete_Awaited_GivesOneAnswerAndKeepsBothMessages()
    {
        _model.Answer(script => script.Text("Nine to five.").Usage(4, 4));
        var conversation = await _api.Conversation.CreateAsync(new ConversationCreateRequest(), Token);

        var answer = await _api.Conversation.CompleteAsync(conversation.Id, Say("When?"), Token);

        Assert.Equal("Nine to five.", answer.Text);
        var messages = await _api.Conversation.Message.ListAsync(conversation.Id, cancellationToken: Token);
        Assert.Equal(["user: When?", "bot: Nine to five."], messages.Items.Select(message => $"{message.Type}: {message.Text}"));
        Assert.Equal(answer.Id, messages.Items[1].Id);
    }

    [Fact]
    public async Task Provider_ThatRefusesForGood_IsAskedOnce()
    {
        _model.Otherwise(_ => new ModelScript().Fail(400, "no such thing"));
        await _api.Conversation.ListAsync(cancellationToken: Token);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(async () => await _api.Conversation.CompleteAsync(
            new ConversationCompleteRequest { Messages = [new ConversationMessage { Type = MessageType.User, Text = "Hi" }] }, Token));

        Assert.Equal((ErrorCodes.ProviderRefused, false), (failure.Code, failure.IsTransient));
        Assert.Contains("no such thing", failure.Message, StringComparison.Ordinal);
        Assert.Single(_model.Requests);
    }

    [Fact]
    public async Task BrokenConnection_IsTakenUpAgain_AtTheNextEvent()
    {
        var cut = new CuttingHandler(afterBytes: 1500);
        using var http = new HttpClient(cut);
        _model.Answer(script => script.Text(Enumerable.Range(0, 200).Select(number => $"{number} ")).Usage(1, 200));
        var conversation = await _api.Conversation.CreateAsync(new ConversationCreateRequest(), Token);
        var client = new ConversationClient(Options with { HttpClient = http, RetryDelay = TimeSpan.FromMilliseconds(1) });

        var events = await client.CompleteAsync(conversation.Id, Say("Count"), Token).ToListAsync(Token);

        Assert.True(cut.Cuts >= 3, $"the connection was cut {cut.Cuts} times");
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long?)number), events.Select(one => one.Id));
        Assert.Equal(
            string.Concat(Enumerable.Range(0, 200).Select(number => $"{number} ")),
            string.Concat(events.OfType<TokenEvent>().Select(one => one.Token)));
        Assert.Single(_model.Requests);
    }

    [Fact]
    public async Task Function_OnAChannel_IsAnsweredWhileTheAnswerIsWritten()
    {
        _model.Answer(script => script.ToolCall("call_1", "getWeather", "{\"city\":", "\"Sofia\"}"))
            .Answer(script => script.Text("21 degrees."));
        var conversation = await _api.Conversation.CreateAsync(new ConversationCreateRequest(), Token);
        var channel = $"weather-{Guid.NewGuid():N}";
        var request = Say("Weather?") with { Functions = [Weather(new FunctionResult { Channel = channel })] };

        var text = "";
        await foreach (var one in _api.Conversation.CompleteAsync(conversation.Id, request, Token))
        {
            if (one is WaitForChannelMessageBeginEvent)
                await _api.Channel.PublishAsync(channel, new ChannelPublishRequest { Message = new JsonObject { ["result"] = 21 } }, Token);
            if (one is ResultEvent result)
                text = result.Data.Text;
        }

        Assert.Equal("21 degrees.", text);
        Assert.Equal("21", _model.Requests[1].LastText("tool"));
    }

    [Fact]
    public async Task Dispatch_IsFollowed_OnItsChannel()
    {
        _model.Answer(script => script.Text("Done."));
        var conversation = await _api.Conversation.CreateAsync(new ConversationCreateRequest(), Token);

        var dispatched = await _api.Conversation.DispatchAsync(
            conversation.Id, new ConversationDispatchMessageRequest { Text = "Work" }, Token);

        var text = "";
        await foreach (var message in _api.Channel.SubscribeAsync(
            dispatched.ChannelId, new ChannelSubscribeRequest { HistoryLength = 1000 }, Token))
        {
            if (message.TryReadRunEvent(out var one) && one is ResultEvent result)
            {
                text = result.Data.Text;
                break;
            }
        }
        Assert.Equal("Done.", text);
    }

    [Fact]
    public async Task Lists_GivePagesAndEverything()
    {
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
            ids.Add((await _api.Conversation.CreateAsync(new ConversationCreateRequest { Meta = new JsonObject { ["set"] = "a" } }, Token)).Id);
        await _api.Conversation.CreateAsync(new ConversationCreateRequest(), Token);
        // Those of the same millisecond are listed in the order of their ids.
        ids.Sort(StringComparer.Ordinal);
        var request = new ConversationListRequest
        {
            Order = ListOrder.Ascending,
            Take = 3,
            Meta = new Dictionary<string, string> { ["set"] = "a" },
        };

        var first = await _api.Conversation.ListAsync(request, Token);
        var second = await _api.Conversation.ListAsync(request with { Cursor = first.Cursor }, Token);
        var all = await _api.Conversation.ListAsync(request with { Take = null }, Token).ToListAsync(Token);

        Assert.Equal(ids[..3], first.Items.Select(item => item.Id));
        Assert.Equal(ids[3..6], second.Items.Select(item => item.Id));
        Assert.Equal(ids, all.Select(item => item.Id));
    }

    [Fact]
    public async Task Update_ChangesWhatIsGiven_AndClearsWhatIsNull()
    {
        var conversation = await _api.Conversation.CreateAsync(
            new ConversationCreateRequest { Name = "Before", Backstory = "Be short.", Meta = new JsonObject { ["a"] = 1 } }, Token);

        await _api.Conversation.UpdateAsync(
            conversation.Id, new ConversationUpdateRequest { Name = "After", Meta = Optional<JsonObject>.Null }, Token);

        var fetched = await _api.Conversation.FetchAsync(conversation.Id, Token);
        Assert.Equal(("After", "Be short."), (fetched.Name, fetched.Backstory));
        Assert.Null(fetched.Meta);
    }

    [Fact]
    public async Task Attachment_IsUploaded_AndListed()
    {
        var conversation = await _api.Conversation.CreateAsync(new ConversationCreateRequest(), Token);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("hello"));

        var uploaded = await _api.Conversation.Attachment.UploadAsync(
            conversation.Id, content, new AttachmentFileDescription { Type = "text/plain", Size = 5, Name = "note.txt" }, cancellationToken: Token);

        var listed = await _api.Conversation.Attachment.ListAsync(conversation.Id, cancellationToken: Token);
        var item = Assert.Single(listed.Items);
        Assert.Equal((uploaded.Id, "text/plain", 5L), (item.Id, item.Type, item.Size));
    }

    [Fact]
    public async Task File_IsUploadedInEveryWay_AndDownloaded()
    {
        var file = await _api.File.CreateAsync(new FileCreateRequest { Name = "Note" }, Token);
        using (var empty = new MemoryStream())
        {
            await _api.File.DownloadAsync(file.Id, empty, Token);
            Assert.Equal(0, empty.Length);
        }

        using var content = new MemoryStream(Encoding.UTF8.GetBytes("from a stream"));
        var description = new AttachmentFileDescription { Type = "text/plain", Size = content.Length, Name = "note.txt" };
        var announced = await _api.File.UploadAsync(file.Id, content, description, cancellationToken: Token);
        Assert.Equal((file.Id, "from a stream"), (announced.Id, await ReadAsync(file.Id)));

        await _api.File.UploadAsync(file.Id, "from memory"u8.ToArray(), "note.txt", "text/markdown", cancellationToken: Token);
        Assert.Equal("from memory", await ReadAsync(file.Id));

        var last = await _api.File.UploadAsync(file.Id, new FileUploadRequest { File = "data:text/csv,from,a,URL" }, Token);
        Assert.Equal("from,a,URL", await ReadAsync(file.Id));

        var address = (await _api.File.DownloadAsync(file.Id, Token)).Url;
        using var http = new HttpClient();
        Assert.Equal("from,a,URL", await http.ReadTextAsync(address, "*/*"));
        Assert.Equal("from,a,URL", await http.ReadTextAsync(last.DownloadRequest!.Url, "*/*"));
        Assert.Equal("text/csv", (string?)(await _api.File.FetchAsync(file.Id, Token)).Meta!["contentType"]);
    }

    [Fact]
    public async Task FileOfASpace_IsUploadedInEveryWay_ListedMovedAndDeleted()
    {
        var space = (await _api.Space.CreateAsync(new SpaceCreateRequest(), Token)).Id;
        var storage = _api.Space.Storage;
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("from a stream"));
        var description = new SpaceStorageFileDescription { Type = "text/plain", Size = content.Length };
        var announced = await storage.UploadAsync(space, "a/ü #1.txt", content, description, cancellationToken: Token);
        await storage.UploadAsync(space, "/a/b/memory.md", "from memory"u8.ToArray(), cancellationToken: Token);
        await storage.UploadAsync(space, "url.csv", new SpaceStorageUploadRequest { File = "data:text/csv,from,a,URL" }, Token);

        var root = await storage.ListAsync(space, cancellationToken: Token);
        Assert.Equal(["a", "url.csv"], root.Items.Select(item => item.Path));
        Assert.Equal((true, 0L), (root.Items[0].IsDirectory, root.Items[0].Size));
        var all = await storage.ListAsync(space, "a", new SpaceStorageListRequest { Recursive = true }, Token);
        Assert.Equal(["a/b/memory.md", "a/b", "a/ü #1.txt"], all.Items.Select(item => item.Path));
        Assert.Equal((announced.Id, "a/ü #1.txt"), (all.Items[2].Id, announced.Path));

        using (var bytes = new MemoryStream())
        {
            await storage.DownloadAsync(space, "a/ü #1.txt", bytes, Token);
            Assert.Equal("from a stream", Encoding.UTF8.GetString(bytes.ToArray()));
        }

        await storage.CopyAsync(space, "url.csv", new SpaceStorageCopyRequest { DestinationPath = "c/copy.csv" }, Token);
        await storage.MoveAsync(space, "c/copy.csv", new SpaceStorageMoveRequest { DestinationPath = "url.csv" }, Token);
        using var http = new HttpClient();
        Assert.Equal("from,a,URL", await http.ReadTextAsync((await storage.DownloadAsync(space, "url.csv", Token)).Url, "*/*"));
        await storage.DeleteAsync(space, "a", new SpaceStorageDeleteRequest { Recursive = true }, Token);
        Assert.Equal(["url.csv"], (await storage.ListAsync(space, cancellationToken: Token)).Items.Select(item => item.Path));
        var gone = await Assert.ThrowsAsync<ChatBotKitException>(() => storage.DownloadAsync(space, "a/b/memory.md", Token));
        Assert.Equal(ErrorCodes.NotFound, gone.Code);
    }

    [Fact]
    public async Task Export_WritesATable()
    {
        var conversation = await _api.Conversation.CreateAsync(new ConversationCreateRequest { Name = "=1+1" }, Token);
        using var table = new MemoryStream();

        await _api.Conversation.ExportCsvAsync(table, cancellationToken: Token);

        var text = Encoding.UTF8.GetString(table.ToArray());
        Assert.Contains(conversation.Id, text, StringComparison.Ordinal);
        Assert.Contains("\"'=1+1\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProviderFailure_IsAnExceptionThatNamesIt_AndTheQuestionIsKept()
    {
        _model.Answer(script => script.Fail(401, "wrong key"));
        var conversation = await _api.Conversation.CreateAsync(new ConversationCreateRequest(), Token);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            async () => await _api.Conversation.CompleteAsync(conversation.Id, Say("Hi"), Token).ToListAsync(Token));

        Assert.Equal((ErrorCodes.ProviderRefused, false), (failure.Code, failure.IsTransient));
        Assert.Contains("openai", failure.Message, StringComparison.OrdinalIgnoreCase);
        var messages = await _api.Conversation.Message.ListAsync(conversation.Id, cancellationToken: Token);
        Assert.Equal(["Hi"], messages.Items.Select(message => message.Text));
    }

    [Fact]
    public async Task BadInput_IsRefused_WithEveryFault()
    {
        var conversation = await _api.Conversation.CreateAsync(new ConversationCreateRequest(), Token);
        var request = Say(" ") with { Limits = new RunLimits { Iterations = 0 } };

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            async () => await _api.Conversation.CompleteAsync(conversation.Id, request, Token));

        Assert.Equal((HttpStatusCode.BadRequest, ErrorCodes.BadRequest), (failure.StatusCode, failure.Code));
        Assert.Contains("\"text\"", failure.Message, StringComparison.Ordinal);
        Assert.Contains("\"limits.iterations\"", failure.Message, StringComparison.Ordinal);
    }

    private static ConversationCompleteMessageRequest Say(string text) => new() { Text = text };

    private static FunctionDefinition Weather(FunctionResult result) => new()
    {
        Name = "getWeather",
        Description = "Weather of a city",
        Parameters = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() },
        Result = result,
    };

    private async Task<string> ReadAsync(string fileId)
    {
        using var content = new MemoryStream();
        await _api.File.DownloadAsync(fileId, content, Token);
        return Encoding.UTF8.GetString(content.ToArray());
    }
}

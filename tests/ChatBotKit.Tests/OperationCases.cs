using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class OperationCases
{
    private const string Conversation = """{"id":"c1","name":"Support","botId":null,"meta":{"a":1},"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Message = """{"id":"m1","type":"user","text":"Hello","meta":null,"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Model = """{"id":"gpt-x","type":"language","default":true,"provider":"openai","family":"gpt","maxTokens":9,"maxInputTokens":5,"maxOutputTokens":4,"createdAt":1,"updatedAt":2}""";
    private const string Id = """{"id":"x1"}""";

    private static readonly ConversationMessage Hello = new() { Type = MessageType.User, Text = "Hello" };
    private static readonly string[] Streamed = ["application/jsonl"];

    public static IReadOnlyList<OperationCase> All { get; } =
    [
        .. Conversations(), .. Runs(), .. Streams(), .. Messages(), .. Children(), .. Others(),
        .. IntegrationOperations.All,
        .. SessionOperations.All(),
        .. ServerTokenOperations.All,
        .. ServerInfoOperations.All,
        .. ServerMigrationOperations.All,
        .. ServerWorkOperations.All,
        .. BlueprintOperations.All,
        .. ContactOperations.All,
        .. ContactChildOperations.All,
        .. EventOperations.All,
        .. GraphQlOperations.All,
        .. MagicOperations.All,
        .. OpenAiOperations.All,
        .. PartnerOperations.All,
        .. PlatformOperations.All,
        .. PolicyOperations.All,
        .. PortalOperations.All,
        .. TeamOperations.All,
        .. UsageOperations.All,
        .. BotOperations.All,
        .. DatasetOperations.All,
        .. SkillsetOperations.All,
        .. SecretOperations.All,
        .. FileOperations.All,
        .. MemoryOperations.All,
        .. SpaceOperations.All,
        .. TaskOperations.All,
    ];

    private static IEnumerable<OperationCase> Conversations() =>
    [
        new(
            "ConversationClient.ListAsync",
            async (api, token) => (await api.Conversation.ListAsync(
                new ConversationListRequest { Cursor = "c0", Order = ListOrder.Ascending, Take = 5, BotId = "b1,b2", Meta = new Dictionary<string, string> { ["app"] = "a&b" } }, token)).Items[0].Name!,
            "GET /api/v1/conversation/list?cursor=c0&order=asc&take=5&meta.app=a%26b&botId=b1%2Cb2",
            $$"""{"items":[{{Conversation}}],"cursor":"c1"}""",
            "Support"),
        new(
            "ConversationClient.ListAsync with the filters of this server",
            async (api, token) => (await api.Conversation.ListAsync(
                new ConversationListRequest { From = DateTimeOffset.UnixEpoch, To = DateTimeOffset.UnixEpoch.AddDays(1), Vote = ConversationVote.Down, Text = "50% off" }, token)).Cursor!,
            "GET /api/v1/conversation/list?from=1970-01-01T00%3A00%3A00.000Z&to=1970-01-02T00%3A00%3A00.000Z&vote=down&text=50%25%20off",
            """{"items":[],"cursor":"c1"}""",
            "c1"),
        new(
            "ConversationClient.ExportAsync",
            async (api, token) => (await api.Conversation.ExportAsync(cancellationToken: token)).Items[0].Messages![0].Text,
            "GET /api/v1/conversation/export",
            $$"""{"items":[{"id":"c1","messages":[{{Message}}],"createdAt":1,"updatedAt":2}]}""",
            "Hello"),
        new(
            "ConversationClient.ExportCsvAsync",
            async (api, token) =>
            {
                using var file = new MemoryStream();
                await api.Conversation.ExportCsvAsync(file, new ConversationListRequest { Take = 2 }, token);
                return System.Text.Encoding.UTF8.GetString(file.ToArray());
            },
            "GET /api/v1/conversation/export?take=2",
            "\"id\"\n\"c1\"\n",
            "\"id\"\n\"c1\"\n") { Accept = "text/csv", AnswerType = "text/csv" },
        new(
            "ConversationClient.CreateAsync",
            async (api, token) => (await api.Conversation.CreateAsync(
                new ConversationCreateRequest { BotId = "b1", Messages = [Hello], Meta = new JsonObject { ["a"] = 1 }, ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(5) }, token)).Messages![0].Id!,
            "POST /api/v1/conversation/create\n" + """{"meta":{"a":1},"messages":[{"type":"user","text":"Hello"}],"expiresAt":5,"botId":"b1"}""",
            """{"id":"c1","messages":[{"id":"m1","type":"user","text":"Hello"}]}""",
            "m1"),
        new(
            "ConversationClient.CreateAsync without request",
            async (api, token) => (await api.Conversation.CreateAsync(cancellationToken: token)).Id,
            "POST /api/v1/conversation/create\n{}",
            Id,
            "x1"),
        new(
            "ConversationClient.FetchAsync",
            async (api, token) => (await api.Conversation.FetchAsync("c/1?", token)).CreatedAt.ToUnixTimeMilliseconds().ToString(),
            "GET /api/v1/conversation/c%2F1%3F/fetch",
            Conversation,
            "1767225600000"),
        new(
            "ConversationClient.UpdateAsync",
            async (api, token) => (await api.Conversation.UpdateAsync("c1", new ConversationUpdateRequest { Name = "New", DatasetId = Optional<string>.Null }, token)).Id,
            "POST /api/v1/conversation/c1/update\n" + """{"name":"New","datasetId":null}""",
            Id,
            "x1"),
        new(
            "ConversationClient.DeleteAsync",
            async (api, token) => (await api.Conversation.DeleteAsync("c1", token)).Id,
            "POST /api/v1/conversation/c1/delete\n{}",
            Id,
            "x1"),
        new(
            "ConversationClient.UpvoteAsync",
            async (api, token) => (await api.Conversation.UpvoteAsync("c1", new UpvoteRequest { Value = 7, Reason = "good" }, token)).Id,
            "POST /api/v1/conversation/c1/upvote\n" + """{"value":7,"reason":"good"}""",
            Id,
            "x1"),
        new(
            "ConversationClient.DownvoteAsync",
            async (api, token) => (await api.Conversation.DownvoteAsync("c1", cancellationToken: token)).Id,
            "POST /api/v1/conversation/c1/downvote\n{}",
            Id,
            "x1"),
    ];

    private static IEnumerable<OperationCase> Runs() =>
    [
        new(
            "ConversationClient.CompleteAsync stateless",
            async (api, token) => (await api.Conversation.CompleteAsync(
                new ConversationCompleteRequest { Messages = [Hello], Model = "gpt-x", Limits = new RunLimits { Iterations = 2 } }, token)).End.Reason.Value,
            "POST /api/v1/conversation/complete\n" + """{"messages":[{"type":"user","text":"Hello"}],"limits":{"iterations":2},"model":"gpt-x"}""",
            """{"text":"Hi","usage":{"token":3},"end":{"reason":"stop"}}""",
            "stop"),
        new(
            "ConversationClient.CompleteAsync stateful",
            async (api, token) => (await api.Conversation.CompleteAsync(
                "c1", new ConversationCompleteMessageRequest { Text = "Hello", Functions = [WeatherFunction()] }, token)).Usage.Token.ToString(),
            "POST /api/v1/conversation/c1/complete\n" + """{"text":"Hello","functions":[{"name":"getWeather","description":"Weather","parameters":{"type":"object","properties":{}},"result":{"data":false}}]}""",
            """{"id":"m2","text":"Hi","usage":{"token":3},"end":{"reason":"stop"}}""",
            "3"),
        new(
            "ConversationClient.SendAsync",
            async (api, token) => (await api.Conversation.SendAsync(
                "c1", new ConversationSendMessageRequest { Text = "Hello", Entities = [new Entity { Begin = 0, End = 5 }] }, token)).Entities[0].Type!,
            "POST /api/v1/conversation/c1/send\n" + """{"text":"Hello","entities":[{"begin":0,"end":5}]}""",
            """{"id":"m1","text":"Hello","entities":[{"type":"name","begin":0,"end":5,"text":"Hello"}],"usage":{"token":3}}""",
            "name"),
        new(
            "ConversationClient.ReceiveAsync",
            async (api, token) => (await api.Conversation.ReceiveAsync("c1", cancellationToken: token)).Text,
            "POST /api/v1/conversation/c1/receive\n{}",
            """{"id":"m2","text":"Hi","usage":{"token":3}}""",
            "Hi"),
        new(
            "ConversationClient.DispatchAsync stateless",
            async (api, token) => (await api.Conversation.DispatchAsync(new ConversationDispatchRequest { Messages = [Hello], ContactId = "p1" }, token)).ChannelId,
            "POST /api/v1/conversation/dispatch\n" + """{"messages":[{"type":"user","text":"Hello"}],"contactId":"p1"}""",
            """{"channelId":"ch1"}""",
            "ch1"),
        new(
            "ConversationClient.DispatchAsync stateful",
            async (api, token) => (await api.Conversation.DispatchAsync("c1", new ConversationDispatchMessageRequest { Text = "Hello", ChannelId = "ch1" }, token)).ChannelId,
            "POST /api/v1/conversation/c1/dispatch\n" + """{"channelId":"ch1","text":"Hello"}""",
            """{"channelId":"ch1"}""",
            "ch1"),
        new(
            "ConversationClient.CompactAsync stateless",
            async (api, token) => (await api.Conversation.CompactAsync(new ConversationCompactRequest { Messages = [Hello] }, token)).Text,
            "POST /api/v1/conversation/compact\n" + """{"messages":[{"type":"user","text":"Hello"}]}""",
            """{"text":"short","usage":{"token":3}}""",
            "short"),
        new(
            "ConversationClient.CompactAsync stateful",
            async (api, token) => (await api.Conversation.CompactAsync("c1", token)).Id,
            "POST /api/v1/conversation/c1/compact\n{}",
            """{"id":"m9","text":"short","usage":{"token":3}}""",
            "m9"),
        new(
            "ConversationRunClient.ListAsync",
            async (api, token) => (await api.Conversation.Run.ListAsync(
                "c1", new RunListRequest { State = RunState.Running, Take = 5 }, token)).Items[0].LastEventId!.Value.ToString(CultureInfo.InvariantCulture),
            "GET /api/v1/conversation/c1/run/list?take=5&state=running",
            """{"items":[{"id":"r1","state":"running","createdAt":1,"lastEventId":17}]}""",
            "17"),
        new(
            "ConversationRunClient.AbortAsync",
            async (api, token) => (await api.Conversation.Run.AbortAsync("c1", "r1", token)).Id,
            "POST /api/v1/conversation/c1/run/r1/abort\n{}",
            Id,
            "x1"),
    ];

    private static IEnumerable<OperationCase> Streams() =>
    [
        new(
            "ConversationClient.ListAsync streamed",
            async (api, token) => string.Join(',', (await api.Conversation.ListAsync(cancellationToken: token).ToListAsync()).Select(item => item.Id)),
            "GET /api/v1/conversation/list",
            $$"""
            {"type":"nop","data":{} }
            {"type":"item","data":{{Conversation}} }
            {"type":"item","data":{"id":"c2","createdAt":1,"updatedAt":2} }
            """,
            "c1,c2") { Accept = Streamed[0] },
        new(
            "ConversationClient.ExportAsync streamed",
            async (api, token) => (await api.Conversation.ExportAsync(new ConversationListRequest { TaskId = "t1" }, token).ToListAsync())[0].Messages![0].Id,
            "GET /api/v1/conversation/export?taskId=t1",
            $$"""{"type":"item","data":{"id":"c1","messages":[{{Message}}],"createdAt":1,"updatedAt":2} }""",
            "m1") { Accept = Streamed[0] },
        new(
            "ConversationClient.CompleteAsync streamed",
            async (api, token) => string.Concat((await api.Conversation.CompleteAsync(new ConversationCompleteRequest { Messages = [Hello] }, token).ToListAsync()).OfType<TokenEvent>().Select(item => item.Token)),
            "POST /api/v1/conversation/complete\n" + """{"messages":[{"type":"user","text":"Hello"}]}""",
            """
            {"type":"token","data":{"type":"bot","token":"Good "}}
            {"type":"token","data":{"type":"bot","token":"day"}}
            {"type":"result","data":{"text":"Good day","usage":{"token":3},"end":{"reason":"stop"}}}
            """,
            "Good day") { Accept = Streamed[0] },
        new(
            "MessageClient.ListAsync streamed",
            async (api, token) => (await api.Conversation.Message.ListAsync("c1", cancellationToken: token).ToListAsync())[0].Type.Value,
            "GET /api/v1/conversation/c1/message/list",
            $$"""{"type":"item","data":{{Message}} }""",
            "user") { Accept = Streamed[0] },
        new(
            "PlatformModelClient.ListAsync streamed",
            async (api, token) => (await api.Platform.Model.ListAsync(cancellationToken: token).ToListAsync())[0].Family,
            "GET /api/v1/platform/model/list",
            $$"""{"type":"item","data":{{Model}} }""",
            "gpt") { Accept = Streamed[0] },
        new(
            "ConversationRunClient.StreamAsync",
            async (api, token) => string.Join(',', (await api.Conversation.Run.StreamAsync("c1", "r1", 41, token).ToListAsync()).Select(item => item.Id)),
            "GET /api/v1/conversation/c1/run/r1/stream?after=41",
            """
            {"type":"token","data":{"type":"bot","token":"a"},"id":42}
            {"type":"result","data":{"text":"a"},"id":43}
            """,
            "42,43") { Accept = Streamed[0] },
        new(
            "ChannelClient.SubscribeAsync",
            async (api, token) => (await api.Channel.SubscribeAsync("ch1", new ChannelSubscribeRequest { HistoryLength = 10 }, token).ToListAsync())[0].Data.GetProperty("result").GetInt32().ToString(),
            "POST /api/v1/channel/ch1/subscribe\n" + """{"historyLength":10}""",
            """
            {"type":"nop","data":{}}
            {"type":"message","data":{"result":21}}
            """,
            "21") { Accept = Streamed[0] },
    ];

    private static IEnumerable<OperationCase> Messages() =>
    [
        new(
            "MessageClient.ListAsync",
            async (api, token) => (await api.Conversation.Message.ListAsync("c1", new MessageListRequest { Take = 1 }, token)).Cursor!,
            "GET /api/v1/conversation/c1/message/list?take=1",
            $$"""{"items":[{{Message}}],"cursor":"m1"}""",
            "m1"),
        new(
            "MessageClient.CreateAsync",
            async (api, token) => (await api.Conversation.Message.CreateAsync("c1", new MessageCreateRequest { Type = MessageType.Context, Text = "x" }, token)).Id,
            "POST /api/v1/conversation/c1/message/create\n" + """{"type":"context","text":"x"}""",
            """{"id":"m1","entities":[]}""",
            "m1"),
        new(
            "MessageClient.FetchAsync",
            async (api, token) => (await api.Conversation.Message.FetchAsync("c1", "m1", token)).Text,
            "GET /api/v1/conversation/c1/message/m1/fetch",
            Message,
            "Hello"),
        new(
            "MessageClient.UpdateAsync",
            async (api, token) => (await api.Conversation.Message.UpdateAsync("c1", "m1", new MessageUpdateRequest { Text = "x", Meta = Optional<JsonObject>.Null }, token)).Id,
            "POST /api/v1/conversation/c1/message/m1/update\n" + """{"text":"x","meta":null}""",
            """{"id":"m1","entities":[]}""",
            "m1"),
        new(
            "MessageClient.DeleteAsync",
            async (api, token) => (await api.Conversation.Message.DeleteAsync("c1", "m1", token)).Id,
            "POST /api/v1/conversation/c1/message/m1/delete\n{}",
            Id,
            "x1"),
        new(
            "MessageClient.UpvoteAsync",
            async (api, token) => (await api.Conversation.Message.UpvoteAsync("c1", "m1", cancellationToken: token)).Id,
            "POST /api/v1/conversation/c1/message/m1/upvote\n{}",
            Id,
            "x1"),
        new(
            "MessageClient.DownvoteAsync",
            async (api, token) => (await api.Conversation.Message.DownvoteAsync("c1", "m1", new DownvoteRequest { Value = -5 }, token)).Id,
            "POST /api/v1/conversation/c1/message/m1/downvote\n" + """{"value":-5}""",
            Id,
            "x1"),
        new(
            "MessageClient.SynthesizeAsync",
            async (api, token) => (await api.Conversation.Message.SynthesizeAsync("c1", "m1", new MessageSynthesizeRequest { Text = "x" }, token)).Url!,
            "POST /api/v1/conversation/c1/message/m1/synthesize\n" + """{"text":"x"}""",
            """{"id":"m1","url":"https://example.com/a.mp3"}""",
            "https://example.com/a.mp3"),
    ];

    private static IEnumerable<OperationCase> Children() =>
    [
        new(
            "SessionClient.CreateAsync",
            async (api, token) => (await api.Conversation.Session.CreateAsync("c1", new SessionCreateRequest { DurationInSeconds = 1800 }, token)).Token,
            "POST /api/v1/conversation/c1/session/create\n" + """{"durationInSeconds":1800}""",
            """{"id":"c1","token":"t.o.k","expiresAt":1767225600000}""",
            "t.o.k"),
        new(
            "ConversationAttachmentClient.ListAsync",
            async (api, token) => (await api.Conversation.Attachment.ListAsync("c1", new AttachmentListRequest { Cursor = "a0" }, token)).Items[0].Size.ToString()!,
            "GET /api/v1/conversation/c1/attachment/list?cursor=a0",
            """{"items":[{"id":"a1","name":"a1.pdf","type":"application/pdf","size":7,"createdAt":1,"updatedAt":2}],"cursor":null}""",
            "7"),
        new(
            "ConversationAttachmentClient.UploadAsync",
            async (api, token) => (await api.Conversation.Attachment.UploadAsync("c1", new AttachmentUploadRequest { File = "https://example.com/a.pdf" }, token)).Name!,
            "POST /api/v1/conversation/c1/attachment/upload\n" + """{"file":"https://example.com/a.pdf"}""",
            """{"id":"a1","name":"a1.pdf"}""",
            "a1.pdf"),
        new(
            "ConversationContactClient.UpsertAsync",
            async (api, token) => (await api.Conversation.Contact.UpsertAsync("c1", new ContactUpsertRequest { Email = "a@example.com" }, token)).Id,
            "POST /api/v1/conversation/c1/contact/upsert\n" + """{"email":"a@example.com"}""",
            Id,
            "x1"),
        new(
            "ConversationUsageClient.FetchAsync",
            async (api, token) => (await api.Conversation.Usage.FetchAsync("c1", new ConversationUsageRequest { From = DateTimeOffset.FromUnixTimeMilliseconds(1767225600001) }, token)).Tokens.ToString()!,
            "GET /api/v1/conversation/c1/usage/fetch?from=2026-01-01T00%3A00%3A00.001Z",
            """{"tokens":5,"messages":2}""",
            "5"),
    ];

    private static IEnumerable<OperationCase> Others() =>
    [
        new(
            "ChannelClient.PublishAsync",
            async (api, token) => (await api.Channel.PublishAsync("ch1", new ChannelPublishRequest { Message = new JsonObject { ["result"] = 21 } }, token)).Id,
            "POST /api/v1/channel/ch1/publish\n" + """{"message":{"result":21}}""",
            Id,
            "x1"),
        new(
            "PlatformModelClient.ListAsync",
            async (api, token) => (await api.Platform.Model.ListAsync(new ModelListRequest { Type = ModelType.Image }, token)).Items[0].Id,
            "GET /api/v1/platform/model/list?type=image",
            $$"""{"items":[{{Model}}]}""",
            "gpt-x"),
    ];

    private static FunctionDefinition WeatherFunction() => new()
    {
        Name = "getWeather",
        Description = "Weather",
        Parameters = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() },
        Result = new FunctionResult { Data = JsonValue.Create(false) },
    };
}

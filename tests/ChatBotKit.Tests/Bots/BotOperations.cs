using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class BotOperations
{
    private const string Bot = """{"id":"b1","alias":"help","name":"Helper","description":"Helps","model":"gpt-x/temperature=0.2","backstory":"You help.","datasetId":"d1","skillsetId":"s1","privacy":true,"moderation":false,"blueprintId":"p1","visibility":"public","meta":{"a":1},"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Id = """{"id":"x1"}""";

    public static IEnumerable<OperationCase> All => [.. Bots(), .. Children()];

    private static IEnumerable<OperationCase> Bots() =>
    [
        new(
            "BotClient.ListAsync",
            async (api, token) => (await api.Bot.ListAsync(new ListRequest { Order = ListOrder.Ascending, Meta = new Dictionary<string, string> { ["app"] = "x" } }, token)).Items[0].Model!,
            "GET /api/v1/bot/list?order=asc&meta.app=x",
            $$"""{"items":[{{Bot}}],"cursor":"x1"}""",
            "gpt-x/temperature=0.2"),
        new(
            "BotClient.ListAsync streamed",
            async (api, token) => (await api.Bot.ListAsync(cancellationToken: token).ToListAsync())[0].SkillsetId!,
            "GET /api/v1/bot/list",
            $$"""{"type":"item","data":{{Bot}} }""",
            "s1") { Accept = "application/jsonl" },
        new(
            "BotClient.CreateAsync",
            async (api, token) => (await api.Bot.CreateAsync(
                new BotCreateRequest
                {
                    Alias = "help",
                    Name = "Helper",
                    Description = "Helps",
                    Backstory = "You help.",
                    Model = "gpt-x",
                    DatasetId = "d1",
                    SkillsetId = "s1",
                    Privacy = true,
                    Moderation = false,
                    BlueprintId = "p1",
                    Visibility = Visibility.Protected,
                    Meta = new JsonObject { ["a"] = 1 },
                },
                token)).Id,
            "POST /api/v1/bot/create\n" + """{"alias":"help","name":"Helper","description":"Helps","backstory":"You help.","model":"gpt-x","datasetId":"d1","skillsetId":"s1","privacy":true,"moderation":false,"blueprintId":"p1","visibility":"protected","meta":{"a":1}}""",
            Id,
            "x1"),
        new(
            "BotClient.CreateAsync without request",
            async (api, token) => (await api.Bot.CreateAsync(cancellationToken: token)).Id,
            "POST /api/v1/bot/create\n{}",
            Id,
            "x1"),
        new(
            "BotClient.FetchAsync",
            async (api, token) => (await api.Bot.FetchAsync("@help", token)).Visibility.ToString()!,
            "GET /api/v1/bot/%40help/fetch",
            Bot,
            "public"),
        new(
            "BotClient.UpdateAsync",
            async (api, token) => (await api.Bot.UpdateAsync("b1", new BotUpdateRequest { Alias = "help", DatasetId = Optional<string>.Null, Privacy = false, Visibility = Visibility.Private }, token)).Id,
            "POST /api/v1/bot/b1/update\n" + """{"alias":"help","datasetId":null,"privacy":false,"visibility":"private"}""",
            Id,
            "x1"),
        new(
            "BotClient.CloneAsync",
            async (api, token) => (await api.Bot.CloneAsync("b1", token)).Id,
            "POST /api/v1/bot/b1/clone\n{}",
            Id,
            "x1"),
        new(
            "BotClient.DeleteAsync",
            async (api, token) => (await api.Bot.DeleteAsync("b1", token)).Id,
            "POST /api/v1/bot/b1/delete\n{}",
            Id,
            "x1"),
        new(
            "BotClient.UpvoteAsync",
            async (api, token) => (await api.Bot.UpvoteAsync("b1", new UpvoteRequest { Value = 7, Reason = "good" }, token)).Id,
            "POST /api/v1/bot/b1/upvote\n" + """{"value":7,"reason":"good"}""",
            Id,
            "x1"),
        new(
            "BotClient.DownvoteAsync",
            async (api, token) => (await api.Bot.DownvoteAsync("b1", cancellationToken: token)).Id,
            "POST /api/v1/bot/b1/downvote\n{}",
            Id,
            "x1"),
    ];

    private static IEnumerable<OperationCase> Children() =>
    [
        new(
            "BotSessionClient.CreateAsync",
            async (api, token) => (await api.Bot.Session.CreateAsync(
                "b1",
                new BotSessionCreateRequest
                {
                    DurationInSeconds = 1800,
                    Messages = [new ConversationMessage { Type = MessageType.User, Text = "Hello" }],
                    Contact = new ContactUpsertRequest { Email = "a@example.com" },
                    Meta = new JsonObject { ["page"] = "start" },
                },
                token)).Token,
            "POST /api/v1/bot/b1/session/create\n" + """{"durationInSeconds":1800,"messages":[{"type":"user","text":"Hello"}],"contact":{"email":"a@example.com"},"meta":{"page":"start"}}""",
            """{"id":"b1","conversationId":"c1","token":"t.o.k","expiresAt":1767225600000,"messages":[{"type":"user","text":"Hello"}]}""",
            "t.o.k"),
        new(
            "BotSessionClient.CreateAsync without request",
            async (api, token) => (await api.Bot.Session.CreateAsync("b1", cancellationToken: token)).ConversationId,
            "POST /api/v1/bot/b1/session/create\n{}",
            """{"id":"b1","conversationId":"c1","token":"t.o.k","expiresAt":1767225600000}""",
            "c1"),
        new(
            "BotMemoryClient.SearchAsync",
            async (api, token) => (await api.Bot.Memory.SearchAsync("b1", new BotMemorySearchRequest { Search = "colour" }, token)).Items[0].Text,
            "POST /api/v1/bot/b1/memory/search\n" + """{"search":"colour"}""",
            """{"items":[{"id":"m1","text":"Likes blue","meta":{"a":1}}]}""",
            "Likes blue"),
        new(
            "BotUsageClient.FetchAsync",
            async (api, token) => (await api.Bot.Usage.FetchAsync("b1", new BotUsageRequest { To = DateTimeOffset.FromUnixTimeMilliseconds(1767225600001) }, token)).Conversations.ToString()!,
            "GET /api/v1/bot/b1/usage/fetch?to=2026-01-01T00%3A00%3A00.001Z",
            """{"tokens":5,"conversations":3,"messages":2}""",
            "3"),
    ];
}

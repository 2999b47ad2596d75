using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class IntegrationSlackOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationSlackItem, IntegrationSlackCreateRequest, IntegrationSlackUpdateRequest>(
            "slack",
            api => api.Integration.Slack,
            new IntegrationSlackCreateRequest
            {
                SigningSecret = "si1", BotToken = "bo1", UserToken = "us1", References = true,
                Ratings = true, VisibleMessages = 3, AutoRespond = "@all", AllowFrom = "*",
                BotId = "b1", ContactCollection = true, SessionDuration = 60000, Alias = "main",
                Name = "Support", Description = "Help", BlueprintId = "bp1", Meta = new JsonObject { ["a"] = 1 },
            },
            """{"signingSecret":"si1","botToken":"bo1","userToken":"us1","references":true,"ratings":true,"visibleMessages":3,"autoRespond":"@all","allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000,"alias":"main","name":"Support","description":"Help","blueprintId":"bp1","meta":{"a":1}}""",
            new IntegrationSlackUpdateRequest { SigningSecret = Optional<string>.Null, VisibleMessages = 3, AllowFrom = "*", SessionDuration = Optional<long>.Null, Alias = "main", Meta = new JsonObject { ["$update"] = new JsonObject { ["a"] = 2 } } },
            """{"signingSecret":null,"visibleMessages":3,"allowFrom":"*","sessionDuration":null,"alias":"main","meta":{"$update":{"a":2}}}""",
            """{"signingSecret":"********","botToken":"********","userToken":"********","references":true,"ratings":true,"visibleMessages":3,"autoRespond":"@all","allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000}""",
            item => $"{item.SigningSecret} {item.BotToken} {item.UserToken} {item.References} {item.Ratings} {item.VisibleMessages} {item.AutoRespond} {item.AllowFrom} {item.BotId} {item.ContactCollection} {item.SessionDuration}",
            "******** ******** ******** True True 3 @all * b1 True 60000"),
        new(
            "IntegrationSlackClient.SetupAsync",
            async (api, token) => (await api.Integration.Slack.SetupAsync("i1", token)).Id,
            "POST /api/v1/integration/slack/i1/setup\n{}",
            """{"id":"i1"}""",
            "i1"),
        new(
            "IntegrationSlackClient.InitiateAsync",
            async (api, token) => (await api.Integration.Slack.InitiateAsync(
                "i1", new IntegrationSlackInitiateRequest { Channel = "C1", Text = "Ask how it goes." }, token)).Id,
            "POST /api/v1/integration/slack/i1/initiate\n" + """{"channel":"C1","text":"Ask how it goes."}""",
            """{"id":"i1"}""",
            "i1"),
    ];
}

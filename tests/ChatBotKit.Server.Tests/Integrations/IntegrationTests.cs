using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests.Features;

namespace ChatBotKit.Server.Tests.Integrations;

public sealed class IntegrationTests
{
    private const string Common = """
        "alias":null,"name":"","description":"","blueprintId":null,"meta":null
        """;

    private const string Chat = """
        "botId":null,"contactCollection":false,"sessionDuration":null,
        """ + Common;

    /// <summary>
    /// The document of an integration that was created without any field. A question mark is a credential that the server
    /// generates.
    /// </summary>
    public static TheoryData<string, string> New => new()
    {
        { "discord", """ "appId":null,"handle":null,"allowFrom":"*", """ + Chat },
        { "email", """ "attachments":false,"allowFrom":"*", """ + Chat },
        { "extract", """ "botId":null,"schema":null,"request":null,"model":null,"trigger":"automatic", """ + Common },
        { "googlechat", """ "serviceAccountKey":null,"projectNumber":null,"attachments":false,"autoRespond":null,"allowFrom":"*", """ + Chat },
        { "instagram", """ "accessToken":null,"verifyToken":"?","attachments":false, """ + Chat },
        { "mcpserver", """ "skillsetId":null,"oAuthConnectionId":null,"accessToken":"?", """ + Common },
        { "messenger", """ "accessToken":null,"verifyToken":"?","attachments":false, """ + Chat },
        { "microsoftteams", """ "botFrameworkAppId":null,"allowFrom":"*", """ + Chat },
        { "notion", """ "datasetId":null,"token":null,"syncSchedule":null,"expiresIn":null,"syncStatus":"pending","lastSyncedAt":null, """ + Common },
        { "sitemap", """ "datasetId":null,"url":null,"glob":null,"selectors":null,"javascript":false,"syncSchedule":null,"expiresIn":null,"syncStatus":"pending","lastSyncedAt":null, """ + Common },
        { "skillserver", """ "skillsetId":null,"accessToken":"?", """ + Common },
        { "slack", """ "signingSecret":null,"botToken":null,"userToken":null,"references":false,"ratings":false,"visibleMessages":0,"autoRespond":null,"allowFrom":"*", """ + Chat },
        { "support", """ "botId":null,"email":null,"trigger":"automatic", """ + Common },
        { "telegram", """ "attachments":false,"allowFrom":"*", """ + Chat },
        { "trigger", """ "botId":null,"authenticate":true,"schedule":null,"timezone":null,"sessionDuration":null,"secret":"?","lastTriggerAt":null,"nextTriggerAt":null, """ + Common },
        { "twilio", """ "accountSid":null,"voice":null,"allowFrom":"*", """ + Chat },
        { "whatsapp", """ "phoneNumberId":null,"accessToken":null,"verifyToken":"?","attachments":false,"allowFrom":"*", """ + Chat },
        {
            "widget", """
            "botId":null,"theme":null,"layout":null,"title":null,"intro":null,"initial":null,"placeholder":null,"origin":null,"sessionDuration":null,
            "language":null,"plugins":null,"stream":true,"verbose":true,"tools":false,"unfurl":true,"math":false,"carousel":false,"form":false,
            "attachments":false,"autoScroll":true,"startFirst":false,"contactCollection":false,"exportConversation":true,"restartConversation":true,
            "maximize":true,"messagePeek":true,"voiceIn":false,"voiceOut":false,"poweredBy":true,
            """ + Common
        },
    };

    [Theory]
    [MemberData(nameof(New))]
    public async Task New_WithoutFields_HasTheDefaultsOfItsKind(string kind, string expected)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = ApiJson.Id(await server.PostAsync($"integration/{kind}/create", "{}"));

        var item = JsonNode.Parse((await server.GetAsync($"integration/{kind}/{id}/fetch")).GetRawText())!.AsObject();
        Assert.Equal(id, (string?)item["id"]);
        Assert.True(JsonNode.DeepEquals(item, Assert.Single(JsonNode.Parse((await server.GetAsync($"integration/{kind}/list")).GetRawText())!["items"]!.AsArray())));
        foreach (var field in new[] { "id", "createdAt", "updatedAt" })
            Assert.True(item.Remove(field));
        foreach (var (field, value) in item.ToArray())
        {
            if (value?.GetValueKind() == JsonValueKind.String && ((string)value!).Length == 64)
                item[field] = "?";
        }

        var wanted = JsonNode.Parse($$"""{{{expected}}}""")!.AsObject();
        Assert.Equal(wanted.Select(field => field.Key).Order(), item.Select(field => field.Key).Order());
        Assert.All(wanted, field => Assert.True(JsonNode.DeepEquals(field.Value, item[field.Key]), $"{field.Key}: {item[field.Key]}"));
    }

    [Theory]
    [InlineData("discord", "botToken", false)]
    [InlineData("discord", "publicKey", false)]
    [InlineData("googlechat", "serviceAccountKey", true)]
    [InlineData("instagram", "accessToken", true)]
    [InlineData("instagram", "appSecret", true)]
    [InlineData("messenger", "accessToken", true)]
    [InlineData("messenger", "appSecret", true)]
    [InlineData("microsoftteams", "botFrameworkAppSecret", false)]
    [InlineData("microsoftteams", "tenantId", false)]
    [InlineData("notion", "token", true)]
    [InlineData("slack", "signingSecret", true)]
    [InlineData("slack", "botToken", true)]
    [InlineData("slack", "userToken", true)]
    [InlineData("telegram", "botToken", false)]
    [InlineData("twilio", "authToken", false)]
    [InlineData("whatsapp", "accessToken", true)]
    [InlineData("whatsapp", "appSecret", true)]
    public async Task Credential_OfAnIntegration_IsMaskedOrLeftOut(string kind, string field, bool isMasked)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = ApiJson.Id(await server.PostAsync($"integration/{kind}/create", $$"""{"{{field}}":"from-outside"}"""));

        var item = await server.GetAsync($"integration/{kind}/{id}/fetch");
        Assert.Equal(isMasked, item.TryGetProperty(field, out var shown));
        Assert.Equal(isMasked ? "********" : null, isMasked ? shown.GetString() : null);
        await server.PostAsync($"integration/{kind}/{id}/update", """{"name":"renamed"}""");
        Assert.Equal("from-outside", await StoredSecrets.RevealAsync(server, id, field));
        Assert.DoesNotContain("from-outside", await StoredSecrets.DataAsync(server, id), StringComparison.Ordinal);
        await server.PostAsync($"integration/{kind}/{id}/update", $$"""{"{{field}}":null}""");
        Assert.Null(await StoredSecrets.RevealAsync(server, id, field));
    }

    [Theory]
    [InlineData("discord")]
    [InlineData("email")]
    [InlineData("googlechat")]
    [InlineData("instagram")]
    [InlineData("messenger")]
    [InlineData("microsoftteams")]
    [InlineData("slack")]
    [InlineData("telegram")]
    [InlineData("trigger")]
    [InlineData("twilio")]
    [InlineData("whatsapp")]
    [InlineData("widget")]
    public async Task SessionDuration_OutsideAMonth_IsRefused(string kind)
    {
        await using var server = await FeatureServer.StartAsync();
        await server.PostAsync($"integration/{kind}/create", """{"sessionDuration":2678400000}""");
        var id = ApiJson.Id(await server.PostAsync($"integration/{kind}/create", """{"sessionDuration":0}"""));
        foreach (var path in new[] { "create", $"{id}/update" })
        {
            await server.Owner.AssertRefusedAsync(
                "400 BAD_REQUEST: *\"sessionDuration\"*", HttpMethod.Post, $"integration/{kind}/{path}", """{"sessionDuration":2678400001}""");
        }
    }

    [Theory]
    [InlineData("slack", """{"visibleMessages":11}""", "\"visibleMessages\"")]
    [InlineData("trigger", """{"schedule":"now and then","timezone":"Nowhere"}""", "\"schedule\"")]
    [InlineData("trigger", """{"schedule":"now and then","timezone":"Nowhere"}""", "\"timezone\"")]
    [InlineData("trigger", """{"secret":"mine"}""", "\"secret\"")]
    [InlineData("sitemap", """{"syncSchedule":"61 * * * *"}""", "\"syncSchedule\"")]
    [InlineData("notion", """{"expiresIn":-1}""", "\"expiresIn\"")]
    [InlineData("notion", """{"syncStatus":"synced"}""", "\"syncStatus\"")]
    [InlineData("extract", """{"model":"no-such-model"}""", "\"model\"")]
    [InlineData("support", """{"trigger":"often"}""", "\"trigger\"")]
    [InlineData("support", """{"email":"ada"}""", "\"email\" must be an e-mail address")]
    [InlineData("mcpserver", """{"oAuthConnectionId":"any"}""", "\"oAuthConnectionId\"")]
    [InlineData("telegram", """{"botId":"none"}""", "\"botId\"")]
    public async Task New_WithABadField_NamesIt(string kind, string body, string named)
    {
        await using var server = await FeatureServer.StartAsync();
        await server.Owner.AssertRefusedAsync(
            $"400 BAD_REQUEST: *{named}*", HttpMethod.Post, $"integration/{kind}/create", body);
    }

    [Theory]
    [InlineData("extract", "bot", "botId")]
    [InlineData("telegram", "bot", "botId")]
    [InlineData("sitemap", "dataset", "datasetId")]
    [InlineData("mcpserver", "skillset", "skillsetId")]
    public async Task Integration_WhoseTargetGoes_StaysWithoutIt(string kind, string target, string field)
    {
        await using var server = await FeatureServer.StartAsync();
        var targetId = ApiJson.Id(await server.PostAsync($"{target}/create", "{}"));
        var id = ApiJson.Id(await server.PostAsync($"integration/{kind}/create", $$"""{"{{field}}":"{{targetId}}"}"""));
        Assert.Equal([id], (await server.GetAsync($"integration/{kind}/list?{field}={targetId}")).Ids());

        await server.PostAsync($"{target}/{targetId}/delete", "{}");
        Assert.Null((await server.GetAsync($"integration/{kind}/{id}/fetch")).Text(field));
    }

    [Fact]
    public async Task Widget_ThatIsCopied_KeepsItsSettingsAndNotItsAlias()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = ApiJson.Id(await server.PostAsync("integration/widget/create", """{"alias":"w","name":"Shop","title":"Hi","math":true,"stream":false}"""));
        var copy = await server.GetAsync($"integration/widget/{ApiJson.Id(await server.PostAsync("integration/widget/@w/clone", "{}"))}/fetch");
        Assert.NotEqual(id, ApiJson.Id(copy));
        Assert.Equal(("Shop", "Hi", null), (copy.Text("name"), copy.Text("title"), copy.Text("alias")));
        Assert.True(copy.GetProperty("math").GetBoolean());
        Assert.False(copy.GetProperty("stream").GetBoolean());
    }

    [Fact]
    public async Task AllowFrom_WhenEmpty_StaysEmptyAndIsEverybodyWhenCleared()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = ApiJson.Id(await server.PostAsync("integration/twilio/create", """{"allowFrom":""}"""));
        Assert.Equal("", (await server.GetAsync($"integration/twilio/{id}/fetch")).Text("allowFrom"));
        await server.PostAsync($"integration/twilio/{id}/update", """{"name":"x"}""");
        Assert.Equal("", (await server.GetAsync($"integration/twilio/{id}/fetch")).Text("allowFrom"));
        await server.PostAsync($"integration/twilio/{id}/update", """{"allowFrom":null}""");
        Assert.Equal("*", (await server.GetAsync($"integration/twilio/{id}/fetch")).Text("allowFrom"));
    }
}

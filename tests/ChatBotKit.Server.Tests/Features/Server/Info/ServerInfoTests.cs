using System.Text.Json;

namespace ChatBotKit.Server.Tests.Features;

public sealed class ServerInfoTests
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["OPENAI_API_KEY"] = "a-key-that-is-secret",
        ["OPENAI_BASE_URL"] = "https://models.example/v1?api-version=secret-in-the-query",
        ["CHATBOTKIT_SMTP_URL"] = "smtp://mail.example:587",
        ["CHATBOTKIT_SMTP_FROM"] = "bot@example.com",
        ["CHATBOTKIT_SMTP_USER"] = "bot",
        ["CHATBOTKIT_SMTP_PASSWORD"] = "word-of-the-bot",
        ["CHATBOTKIT_CONSOLE"] = "off",
    };

    [Fact]
    public async Task Info_DescribesTheServer()
    {
        await using var server = await FeatureServer.StartAsync();

        var info = await server.GetAsync("server/info");

        Assert.Matches(@"^\d+\.\d+\.\d+", info.Text("version")!);
        Assert.Equal(TestStore.IsPostgres ? "postgresql" : "sqlite", info.Text("database"));
        Assert.Equal(server.Server.DataDirectory, info.Text("dataDirectory"));
        Assert.True(info.GetProperty("dataBytes").GetInt64() > 0);
        Assert.Equal(("extractive", "extractive"), (info.GetProperty("models")[0].GetString(), info.Text("defaultModel")));
        Assert.True(info.GetProperty("features").GetProperty("console").GetBoolean());
        Assert.False(info.GetProperty("features").GetProperty("email").GetBoolean());
        Assert.Contains(Of(info, "CHATBOTKIT_DATA_DIR"), info.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_HasSettingsButNoSecrets()
    {
        await using var server = await FeatureServer.StartAsync(settings: Settings);

        var info = await server.GetAsync("server/info");

        foreach (var secret in new[] { ServerFactory.OwnerSecret, "a-key-that-is-secret", "word-of-the", "secret-in-the-query" })
            Assert.DoesNotContain(secret, info.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"isSet\":true", Of(info, "OPENAI_API_KEY"), StringComparison.Ordinal);
        Assert.Contains("https://models.example/v1", Of(info, "OPENAI_BASE_URL"), StringComparison.Ordinal);
        Assert.Contains("\"value\":\"smtp://mail.example:587\"", Of(info, "CHATBOTKIT_SMTP_URL"), StringComparison.Ordinal);
        Assert.Contains("\"isSet\":false", Of(info, "CHATBOTKIT_SITES_HOST"), StringComparison.Ordinal);
        Assert.True(info.GetProperty("features").GetProperty("email").GetBoolean());
        Assert.False(info.GetProperty("features").GetProperty("console").GetBoolean());
    }

    [Fact]
    public async Task Info_IsForTheOwnerOfTheServerAlone()
    {
        await using var server = await FeatureServer.StartAsync();
        var child = await server.Server.AddChildAccountAsync();
        using var client = server.Server.Client(await server.Server.CreateApiTokenAsync(child.Id));

        await client.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Get, "server/info");
    }

    private static string Of(JsonElement info, string setting) =>
        info.GetProperty("settings").EnumerateArray().Single(one => one.Text("name") == setting).GetRawText();
}

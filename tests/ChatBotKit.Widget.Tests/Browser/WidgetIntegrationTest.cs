using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.Widget.Tests.Browser;

/// <summary>A page with a widget integration.</summary>
public abstract class WidgetIntegrationTest(ChromiumBrowser browser) : WidgetTest(browser)
{
    private protected string WidgetId { get; private set; } = "";

    /// <summary>Creates a bot and a widget with these settings, and puts it on the page.</summary>
    private protected async Task CreateWidgetAsync(string settings)
    {
        using var owner = ServerFactory.ClientOf(ChatServer.Address);
        var bot = await owner.ReadAsync(HttpMethod.Post, "bot/create", new { model = "scripted" });
        var body = JsonNode.Parse(settings)!.AsObject();
        body["botId"] = bot.GetProperty("id").GetString();
        WidgetId = (await owner.ReadAsync(HttpMethod.Post, "integration/widget/create", body)).GetProperty("id").GetString()!;
        Site.Source = $"widget=\"{WidgetId}\"";
        Site.Attributes = "";
    }
}

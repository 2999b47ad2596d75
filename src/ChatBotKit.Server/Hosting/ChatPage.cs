using System.Text.Encodings.Web;
using ChatBotKit.Server.Features.Widgets;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Integrations.Widget;

namespace ChatBotKit.Server.Hosting;

/// <summary>
/// A page of its own for a widget whose owner has turned it on. All other ids get the same response, so that nobody can tell a page that
/// is off from a widget that does not exist.
/// </summary>
internal static class ChatPage
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private const string NoPage = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <meta name="color-scheme" content="light dark">
        <title>No chat here</title>
        </head>
        <body>
        <main>
        <h1>No chat here</h1>
        <p>This address is not, or is no longer, that of a chat.</p>
        </main>
        </body>
        </html>

        """;

    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the pages at <c>/chat/</c> and the id of the widget.</summary>
    public static void MapChatPages(this IEndpointRouteBuilder app) =>
        app.MapMethods("/chat/{widgetId}", Verbs, GetAsync).ExcludeFromDescription().IsOwnAnswer();

    private static async Task<IResult> GetAsync(string widgetId, HttpContext context, WidgetReading widgets)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        return await widgets.FindAsync(widgetId, context.RequestAborted) is { Item: { BotId: not null } item } widget && WidgetRules.HasPage(item)
            ? Results.Text(PageOf(widget.Id, item), "text/html; charset=utf-8")
            : Results.Text(NoPage, "text/html; charset=utf-8", statusCode: StatusCodes.Status404NotFound);
    }

    /// <summary>Returns the page. Its addresses are relative, so that it also works below the path of a proxy.</summary>
    private static string PageOf(string id, IntegrationWidgetItem widget)
    {
        var title = Text(FirstOf(widget.Title, widget.Name, "Chat"));
        var description = FirstOf(widget.Description, widget.Intro) is { } about ? $"""<meta name="description" content="{Text(about)}">""" : "";
        var robots = WidgetRules.IsPageIndexed(widget) ? "" : """<meta name="robots" content="noindex">""";
        return $"""
            <!doctype html>
            <html lang="{Text(FirstOf(widget.Language, "en"))}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="{ColorsOf(widget.Theme)}">
            {robots}
            {description}
            <title>{title}</title>
            <link rel="icon" href="data:,">
            <script type="module" src="../widget/v1/page.js"></script>
            </head>
            <body>
            <chatbotkit-chat mode="page" persist="device" widget="{Text(id)}" heading="{title}"{AttributesOf(widget)}></chatbotkit-chat>
            <noscript>This chat needs JavaScript.</noscript>
            </body>
            </html>

            """;
    }

    private static string AttributesOf(IntegrationWidgetItem widget) => string.Concat(
        Attribute("intro", widget.Intro), Attribute("placeholder", widget.Placeholder),
        Attribute("theme", widget.Theme is "light" or "dark" ? widget.Theme : null),
        Switch("attachments", widget.Attachments), Switch("restart", widget.RestartConversation), Switch("export", widget.ExportConversation),
        widget.AutoScroll is false ? " follow=\"off\"" : "");

    private static string Attribute(string name, string? value) => string.IsNullOrWhiteSpace(value) ? "" : $" {name}=\"{Text(value)}\"";

    private static string Switch(string name, bool? isOn) => isOn is true ? $" {name}" : "";

    private static string ColorsOf(string? theme) => theme is "light" or "dark" ? theme : "light dark";

    private static string? FirstOf(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrWhiteSpace(text))
                return text;
        }

        return null;
    }

    private static string Text(string? value) => HtmlEncoder.Default.Encode(value ?? "");
}

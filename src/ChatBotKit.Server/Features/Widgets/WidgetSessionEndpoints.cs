using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Widgets;

internal static class WidgetSessionEndpoints
{
    public static void MapWidgetSessions(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapPost("/integration/widget/{widgetIntegrationId}/session/create", CreateAsync)
            .AllowVisitors().WithMetadata(OpenToAnyPage.Instance).WithName("createWidgetIntegrationSession")
            .WithSummary("Creates a conversation of a visitor with the bot of a widget, and a session for it"));

    private static async Task<JsonAnswer<IntegrationWidgetSessionCreateResponse>> CreateAsync(
        string widgetIntegrationId, JsonBody<IntegrationWidgetSessionCreateRequest> body, HttpContext context, WidgetSessionCreation sessions) =>
        JsonAnswer.Of(await sessions.CreateAsync(widgetIntegrationId, body.Value, context));
}

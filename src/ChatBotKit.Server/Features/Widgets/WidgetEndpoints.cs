using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Integrations.Widget;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Widgets;

internal static class WidgetEndpoints
{
    public static void MapWidgets(this IEndpointRouteBuilder app) => app.MapApi(api =>
    {
        var widget = api.MapGroup("/integration/widget/{widgetIntegrationId}");
        widget.MapPost("/session/create", CreateAsync)
            .AllowVisitors().WithMetadata(OpenToAnyPage.Instance).WithName("createWidgetIntegrationSession")
            .WithSummary("Creates a conversation of a visitor with the bot of a widget, and a session for it");
        widget.MapPost("/setup", SetupAsync).WithName("setupWidgetIntegration")
            .WithSummary("Does nothing, because the widget has the texts of its languages");
        widget.MapPost("/file/{fileId}/attach", AttachAsync).WithName("attachWidgetIntegrationFile").IsIdempotent()
            .WithSummary("Puts a file into a place of a widget");
        widget.MapPost("/file/{fileId}/detach", DetachAsync).WithName("detachWidgetIntegrationFile").IsIdempotent()
            .WithSummary("Takes a file out of a widget");
    });

    /// <summary>Maps the pictures, which are no part of the API.</summary>
    public static void MapWidgetPictures(this IEndpointRouteBuilder app) =>
        app.MapMethods(
                "/widget/pictures/{widgetId}/{pictureId}", [HttpMethods.Get, HttpMethods.Head],
                static (string widgetId, string pictureId, WidgetPictures pictures, HttpContext context) => pictures.GetAsync(widgetId, pictureId, context))
            .ExcludeFromDescription().IsOwnAnswer().WithMetadata(OpenToAnyPage.Instance);

    private static async Task<JsonAnswer<IntegrationWidgetSessionCreateResponse>> CreateAsync(
        string widgetIntegrationId, JsonBody<IntegrationWidgetSessionCreateRequest> body, HttpContext context, WidgetSessionCreation sessions) =>
        JsonAnswer.Of(await sessions.CreateAsync(widgetIntegrationId, body.Value, context));

    private static async Task<JsonAnswer<IdResponse>> SetupAsync(
        string widgetIntegrationId, JsonBody<EmptyRequest> body, Caller caller, IStore store, CancellationToken cancellationToken) =>
        await store.QueryAsync(db => db.FindOwnAsync(WidgetKind.Name, widgetIntegrationId, caller.AccountId), cancellationToken) is { } widget
            ? JsonAnswer.Of(new IdResponse { Id = widget.Id })
            : throw ApiException.NotFound("Widget");

    private static async Task<JsonAnswer<IntegrationWidgetFileItem>> AttachAsync(
        string widgetIntegrationId, string fileId, JsonBody<IntegrationWidgetFileAttachRequest> body, Caller caller, WidgetFiles files,
        IdempotentCall call, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await files.AttachAsync(widgetIntegrationId, fileId, body.Value.Type, caller, call, cancellationToken));

    private static async Task<JsonAnswer<IntegrationWidgetFileItem>> DetachAsync(
        string widgetIntegrationId, string fileId, JsonBody<EmptyRequest> body, Caller caller, WidgetFiles files, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await files.DetachAsync(widgetIntegrationId, fileId, caller, call, cancellationToken));
}

using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Files;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Integrations.Widget;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Widgets;

/// <summary>Puts files into the places of widgets, and takes them out. Both must belong to the caller.</summary>
internal sealed class WidgetFiles(IStore store)
{
    /// <summary>Puts a file into a place, instead of the file that is there.</summary>
    /// <exception cref="ApiException">400: there is no such place; 404: the caller has no such widget or file.</exception>
    public Task<IntegrationWidgetFileItem> AttachAsync(
        string widget, string file, IntegrationWidgetFileType type, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        if (type.Value is not ("bar" or "user" or "bot" or "button"))
            throw ApiException.BadRequest("\"type\" must be one of [bar, user, bot, button]");
        return ChangeAsync(
            widget, file, caller, call,
            async (db, widgetId, fileId) =>
            {
                await db.PutWidgetFileAsync(widgetId, type.Value, fileId);
                return type.Value;
            },
            cancellationToken);
    }

    /// <summary>Takes a file out of all places of a widget, and answers with the first of them in alphabetical order.</summary>
    /// <exception cref="ApiException">404: the caller has no such widget or file, or the widget does not have the file.</exception>
    public Task<IntegrationWidgetFileItem> DetachAsync(
        string widget, string file, Caller caller, IdempotentCall call, CancellationToken cancellationToken) =>
        ChangeAsync(
            widget, file, caller, call,
            async (db, widgetId, fileId) =>
            {
                var place = await db.FindWidgetPlaceAsync(widgetId, fileId);
                await db.RemoveWidgetFileAsync(widgetId, fileId);
                return place;
            },
            cancellationToken);

    /// <param name="widget">The id or alias of the widget.</param>
    /// <param name="file">The id or alias of the file.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="call">The request.</param>
    /// <param name="change">The change, which returns the place; null when the widget does not have the file.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    private async Task<IntegrationWidgetFileItem> ChangeAsync(
        string widget, string file, Caller caller, IdempotentCall call, Func<ISqlTransaction, string, string, ValueTask<string?>> change,
        CancellationToken cancellationToken)
    {
        try
        {
            var (response, refusal) = await store.ChangeAsync<(IntegrationWidgetFileItem?, ApiException?)>(
                async db =>
                {
                    if (await db.FindOwnAsync(WidgetKind.Name, widget, caller.AccountId) is not { } owner)
                        return (null, ApiException.NotFound("Widget"));
                    if (await db.FindOwnAsync(FileKind.Name, file, caller.AccountId) is not { } found)
                        return (null, ApiException.NotFound("File"));
                    if (await change(db, owner.Id, found.Id) is not { } place)
                        return (null, ApiException.NotFound("File of the widget"));
                    var response = new IntegrationWidgetFileItem { Id = found.Id, Type = new(place), WidgetIntegrationId = owner.Id };
                    await db.RememberAsync(call.Answered(response));
                    return (response, null);
                },
                cancellationToken);
            return response ?? throw refusal!;
        }
        catch (MissingParentException)
        {
            throw ApiException.NotFound("File");
        }
    }
}

using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Sessions;

/// <summary>The keys that sign session tokens.</summary>
internal static class KeyPages
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        routes.Show("/sessions/keys", page => ShowAsync(page, failure: null));
        routes.Act("/sessions/keys/rotate", RotateAsync);
        routes.Act("/sessions/keys/{keyId}/revoke", RevokeAsync);
    }

    private static async Task<IResult> ShowAsync(Page page, Failure? failure) => page.View<KeyListView, KeyList>(
        new KeyList((await page.Api.Session.Key.ListAsync(page.Aborted)).Items, failure), failure?.Status ?? StatusCodes.Status200OK);

    private static async Task<IResult> RotateAsync(Page page)
    {
        await page.Api.Session.Key.RotateAsync(page.Aborted);
        return page.Go("/sessions/keys", "rotated");
    }

    private static async Task<IResult> RevokeAsync(Page page)
    {
        try
        {
            await page.Api.Session.Key.RevokeAsync(page.Value("keyId"), page.Aborted);
            return page.Go("/sessions/keys", "revoked");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return await ShowAsync(page, Failure.Of(exception));
        }
    }
}

/// <summary>The keys that sign session tokens.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="Failure">Why a key was not revoked.</param>
public sealed record KeyList(IReadOnlyList<SessionKeyItem> Keys, Failure? Failure);

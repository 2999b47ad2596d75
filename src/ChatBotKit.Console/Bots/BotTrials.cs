using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.AdminConsole.Bots;

/// <summary>
/// The sessions of the test chat. Its conversation has the settings of the form, saved or not, so that a change can be tried before it
/// reaches anybody.
/// </summary>
internal static class BotTrials
{
    private const int Seconds = 3600;

    /// <summary>Creates a conversation with a session, or renews the session that the chat has.</summary>
    public static async Task<IResult> MintAsync(Page page)
    {
        var form = await page.FormAsync();
        var (api, token) = (page.Api, page.Aborted);
        if (form.Text("conversation") is { } known && form.Text("session") is { } session)
            return Grant(known, await api.Conversation.Session.RefreshAsync(known, session, cancellationToken: token));
        var fields = BotFields.From(form);
        var conversation = await api.Conversation.CreateAsync(
            new()
            {
                Name = $"Test of {fields.Name ?? "a bot"}",
                Model = fields.Model,
                Backstory = fields.Backstory,
                DatasetId = fields.DatasetId,
                SkillsetId = fields.SkillsetId,
                Privacy = fields.Privacy,
                Meta = ConsoleMeta.New(),
            },
            token);
        var made = await api.Conversation.Session.CreateAsync(
            conversation.Id,
            new() { DurationInSeconds = Seconds, Refreshable = true, Origins = [OriginOf(page)], Meta = ConsoleMeta.New() },
            token);
        return Grant(conversation.Id, made);
    }

    private static string OriginOf(Page page) => page.Http.Request.Headers.Origin is [{ Length: > 0 } origin]
        ? origin
        : page.ServerUri.GetLeftPart(UriPartial.Authority);

    private static IResult Grant(string conversationId, SessionCreateResponse session) => Results.Json(new
    {
        conversationId,
        token = session.Token,
        expiresAt = session.ExpiresAt.ToUnixTimeMilliseconds(),
        sessionId = session.SessionId,
        refreshableUntil = session.RefreshableUntil?.ToUnixTimeMilliseconds(),
    });
}

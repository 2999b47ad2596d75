using Microsoft.AspNetCore.Http;

namespace ChatBotKit.AdminConsole.Web;

/// <summary>
/// The sessions of test chats. The conversation has the settings of the form beside the chat, saved or not, so that a change can be tried
/// before it reaches anybody.
/// </summary>
internal static class Trials
{
    private const int Seconds = 3600;

    /// <summary>Creates a conversation with a session, or renews the session that the chat has.</summary>
    /// <param name="page">The request.</param>
    /// <param name="form">The form, with the fields <c>conversation</c> and <c>session</c> of a chat that has a session.</param>
    /// <param name="settings">The settings of the conversation.</param>
    public static async Task<IResult> MintAsync(Page page, Form form, ConversationCreateRequest settings)
    {
        var (api, token) = (page.Api, page.Aborted);
        if (form.Text("conversation") is { } known && form.Text("session") is { } session)
            return Grant(known, await api.Conversation.Session.RefreshAsync(known, session, cancellationToken: token));
        var conversation = await api.Conversation.CreateAsync(settings with { Meta = ConsoleMeta.New() }, token);
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

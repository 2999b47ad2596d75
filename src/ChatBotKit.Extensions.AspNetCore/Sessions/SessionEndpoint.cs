using System.Net;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit;

/// <summary>Gives the user of a request a session for the user's own conversation.</summary>
internal sealed class SessionEndpoint(ChatBotKitSessionOptions options)
{
    private readonly UserConversations _conversations = new(options);

    public Task HandleAsync(HttpContext context) => ChatAnswers.HandleAsync(context, options, async () =>
    {
        var request = await ChatAnswers.ReadAsync(context, ChatJsonContext.Default.ChatSessionRequest);
        var session = await OpenAsync(context, request);
        await context.Response.WriteAsJsonAsync(session, ChatJsonContext.Default.ChatSession, cancellationToken: context.RequestAborted);
    });

    private async Task<ChatSession> OpenAsync(HttpContext context, ChatSessionRequest request)
    {
        var user = await _conversations.UserAsync(context);
        var conversationId = await _conversations.FindOrMakeAsync(context, user);
        if (request.SessionId is { Length: > 0 } sessionId && await TryRefreshAsync(context, conversationId, sessionId) is { } refreshed)
            return Answer(context, refreshed);
        try
        {
            return Answer(context, await MintAsync(context, conversationId));
        }
        catch (ChatBotKitException failure) when (failure.StatusCode == HttpStatusCode.NotFound && user.ConversationId is null)
        {
            // The conversation was deleted at the chat server, so the user gets a new one.
            conversationId = await _conversations.FindOrMakeAsync(context, user, lost: conversationId);
            return Answer(context, await MintAsync(context, conversationId));
        }
    }

    /// <summary>Creates a new token of the session; null when the session has ended or belongs to another conversation.</summary>
    /// <exception cref="ChatBotKitException">The session was revoked, or the chat server failed.</exception>
    private async Task<SessionCreateResponse?> TryRefreshAsync(HttpContext context, string conversationId, string sessionId)
    {
        try
        {
            return await _conversations.Api(context).Conversation.Session.RefreshAsync(conversationId, sessionId, cancellationToken: context.RequestAborted);
        }
        catch (ChatBotKitException failure) when (failure.Code == ErrorCodes.SessionExpired || failure.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private Task<SessionCreateResponse> MintAsync(HttpContext context, string conversationId)
    {
        var request = options.BindToOrigin && options.NewSession.Origins is null
            ? options.NewSession with { Origins = [ChatOrigin.Of(context.Request)] }
            : options.NewSession;
        return _conversations.Api(context).Conversation.Session.CreateAsync(conversationId, request, context.RequestAborted);
    }

    private ChatSession Answer(HttpContext context, SessionCreateResponse session) => new()
    {
        ConversationId = session.Id,
        Token = session.Token,
        ExpiresAt = session.ExpiresAt.ToUnixTimeMilliseconds(),
        SessionId = session.SessionId,
        RefreshableUntil = session.RefreshableUntil?.ToUnixTimeMilliseconds(),
        ApiUrl = options.ApiUrl ?? _conversations.Api(context).Url,
    };
}

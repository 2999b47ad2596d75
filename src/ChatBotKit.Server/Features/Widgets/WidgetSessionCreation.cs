using System.Text.Json;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations.Messages;
using ChatBotKit.Server.Features.Conversations.Sessions;
using ChatBotKit.Server.Features.Conversations.Sessions.Visitors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Integrations.Widget;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Widgets;

/// <summary>
/// Creates sessions of visitors with the bot of a widget. A visitor has no credential: the widget, the origin of the page and the rate of
/// the address decide. The session is bound to the page that asked for it, and a resume key gives the visitor the same session again.
/// </summary>
internal sealed class WidgetSessionCreation(
    WidgetReading widgets, VisitorConversations conversations, SessionRefresh sessions, SessionMinter minter, ResumeKeys keys,
    WidgetLook looks, VisitorRates visitors, SessionOrigins origins, PublicAddress address, SecurityOptions options)
{
    /// <summary>The minimum duration of a token, for widgets that keep a conversation for less than a minute.</summary>
    private const int MinSeconds = 60;

    private const long DayInMilliseconds = 86_400_000;

    private const string NoOrigin =
        "A session is bound to the origin of its page, and this page has none: it is a file or in a sandboxed frame. Open it from a web server.";

    /// <exception cref="ApiException">
    /// 400: a field is invalid; 401: the session of the resume key was revoked; 403: the origin is not allowed; 404: there is no such
    /// widget; 409: it has no bot, or the contact was verified by the owner; 429: too many sessions from the address of the visitor.
    /// </exception>
    public async Task<IntegrationWidgetSessionCreateResponse> CreateAsync(
        string id, IntegrationWidgetSessionCreateRequest request, HttpContext context)
    {
        visitors.Take(context.Connection.RemoteIpAddress);
        var widget = await widgets.FindAsync(id, context.RequestAborted) ?? throw NotFound();
        var origin = OriginOf(context, widget.Item);
        if (request.ResumeKey is { } key && await ResumeAsync(widget, key, origin, context) is { } resumed)
            return resumed;
        var terms = TermsOf(widget.Item, request, origin);
        var conversation = new VisitorConversation
        {
            AccountId = widget.AccountId,
            BotId = widget.Item.BotId ?? throw ApiException.Conflict("The widget has no bot"),
            Meta = VisitorFields.MetaOf(request.Meta, "widget", "widgetIntegrationId", widget.Id),
            Terms = terms,
            Contact = VisitorFields.DetailsOf(request.Contact),
            Messages = [.. FirstMessages(widget.Item), .. request.Messages ?? []],
        };
        var look = await looks.OfAsync(widget, conversation.Contact is not null, context);
        return await conversations.BeginAsync(
            conversation, context,
            session => ResponseOf(widget, look, session.Row, session.Minted, session.Messages),
            async db => await widgets.FindAsync(db, widget.Id) is null ? NotFound() : null,
            static _ => null);
    }

    private async Task<IntegrationWidgetSessionCreateResponse?> ResumeAsync(FoundWidget widget, string key, string? origin, HttpContext context)
    {
        if (keys.Read(key, widget.Id) is not var (conversationId, sessionId)
            || await sessions.ResumeAsync(widget.AccountId, conversationId, sessionId, context) is not { } session)
            return null;
        if (Session.OriginsOf(session) is { } bound && !bound.Contains(origin, StringComparer.Ordinal))
            throw ForeignOrigin();
        return ResponseOf(
            widget, await looks.OfAsync(widget, conversationId, context), session, await minter.AnswerAsync(session, context.RequestAborted), []);
    }

    /// <summary>Returns the origin of the page; null for a caller that is no page.</summary>
    /// <exception cref="ApiException">403: the widget or the server is bound to other origins.</exception>
    private string? OriginOf(HttpContext context, IntegrationWidgetItem widget)
    {
        origins.RequireOfVisitor(context);
        var origin = context.Request.Headers.Origin is [{ } given] ? given : null;
        if (origin is not null && !WebOrigin.IsValid(origin))
            throw new ApiException(ErrorCode.OriginNotAllowed, NoOrigin);
        var allowed = WidgetRules.OriginsOf(widget);
        if (allowed.Count > 0 && !allowed.Contains(origin, StringComparer.Ordinal) && !(WidgetRules.HasPage(widget) && origin == OwnOrigin(context)))
            throw ForeignOrigin();
        return origin;
    }

    /// <summary>Returns the origin of the chat page, which this server serves itself.</summary>
    private string OwnOrigin(HttpContext context) => new Uri(address.Of(context.Request)).GetLeftPart(UriPartial.Authority);

    /// <exception cref="ApiException">400: a field is invalid.</exception>
    private SessionTerms TermsOf(IntegrationWidgetItem widget, IntegrationWidgetSessionCreateRequest request, string? origin)
    {
        var faults = new Faults();
        faults.CheckFirstMessages(request.Messages);
        faults.CheckVisitor(request.Contact);
        faults.CheckMeta(request.Meta);
        SessionTerms.CheckDuration(faults, request.DurationInSeconds, options.SessionMaxSeconds);
        faults.ThrowIfAny();
        var kept = (int)Math.Clamp((widget.SessionDuration ?? DayInMilliseconds) / 1000, 0, SessionTerms.MaxLifetimeSeconds);
        var asked = request.DurationInSeconds ?? Math.Min(SessionLife.DefaultSeconds, options.SessionMaxSeconds);
        var duration = kept == 0 ? asked : Math.Max(Math.Min(asked, kept), MinSeconds);
        return new SessionTerms
        {
            DurationInSeconds = duration,
            LifetimeInSeconds = kept == 0 ? null : Math.Max(kept, duration),
            Permissions = JsonSerializer.Serialize(SessionPermissionNames.Of(PermissionsOf(widget))),
            Origins = origin is null ? null : JsonSerializer.Serialize<string[]>([origin]),
            Limits = JsonSerializer.Serialize(WidgetRules.LimitsOf(widget), ChatBotKitJson.ServerOptions),
        };
    }

    private static SessionPermissions PermissionsOf(IntegrationWidgetItem widget) =>
        widget.Attachments is true ? SessionPermissions.Default : SessionPermissions.Default & ~SessionPermissions.AttachmentsWrite;

    private static IEnumerable<ConversationMessage> FirstMessages(IntegrationWidgetItem widget) =>
        string.IsNullOrWhiteSpace(widget.Initial) ? [] : [new ConversationMessage { Type = MessageType.Bot, Text = widget.Initial }];

    private IntegrationWidgetSessionCreateResponse ResponseOf(
        FoundWidget widget, IntegrationWidgetSettings look, SessionRow session, SessionCreateResponse minted, IReadOnlyList<MessageRow> messages) => new()
        {
            Id = widget.Id,
            ConversationId = session.ConversationId,
            SessionId = session.Id,
            Token = minted.Token,
            ExpiresAt = minted.ExpiresAt,
            RefreshableUntil = minted.RefreshableUntil,
            ResumeKey = minted.RefreshableUntil is null ? null : keys.Create(widget.Id, session.ConversationId, session.Id),
            Messages = messages.Count == 0 ? null : [.. messages.Select(message => message.ToConversationMessage())],
            Widget = look,
        };

    private static ApiException NotFound() => ApiException.NotFound("Widget");

    private static ApiException ForeignOrigin() =>
        new(ErrorCode.OriginNotAllowed, "The widget may not be used from this web origin; its field \"origin\" names the allowed ones");
}

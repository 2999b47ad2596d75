using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Sessions;

/// <summary>The checked terms of a new session.</summary>
internal sealed record SessionTerms
{
    public const int MaxLifetimeSeconds = 2_592_000;
    public const int DefaultLifetimeSeconds = 86_400;

    private const int MaxOrigins = 50;

    /// <summary>The maximum length of all origins together. They are all in the token, which must fit into a header.</summary>
    private const int MaxOriginCharacters = 4096;

    public required int DurationInSeconds { get; init; }

    /// <summary>The lifetime that refreshes can extend the session to; null when the session is not refreshable.</summary>
    public required int? LifetimeInSeconds { get; init; }

    public string? Permissions { get; init; }

    public string? Origins { get; init; }

    public string? Limits { get; init; }

    public string? Meta { get; init; }

    /// <param name="request">The body.</param>
    /// <param name="maxSeconds">The maximum duration that the server allows.</param>
    /// <param name="others">The other faults of the request; null for none.</param>
    /// <exception cref="ApiException">400 with every fault.</exception>
    public static SessionTerms From(SessionCreateRequest request, int maxSeconds, Faults? others = null)
    {
        var faults = others ?? new Faults();
        var duration = request.DurationInSeconds ?? Math.Min(SessionLife.DefaultSeconds, maxSeconds);
        CheckDuration(faults, duration, maxSeconds);
        faults.CheckMeta(request.Meta);
        var terms = new SessionTerms
        {
            DurationInSeconds = duration,
            LifetimeInSeconds = ReadLifetime(request, duration, faults),
            Permissions = ReadPermissions(request.Permissions, faults),
            Origins = ReadOrigins(request.Origins, faults),
            Limits = ReadLimits(request.Limits, faults),
            Meta = MetaJson.Apply(null, request.Meta),
        };
        faults.ThrowIfAny();
        return terms;
    }

    public static void CheckDuration(Faults faults, int? seconds, int maxSeconds)
    {
        if (seconds < SessionLife.MinSeconds || seconds > maxSeconds)
            faults.Add($"\"durationInSeconds\" must be from {SessionLife.MinSeconds} to {maxSeconds}");
    }

    public SessionRow ToRow(ConversationRow conversation, string? contactId, DateTimeOffset now)
    {
        // Whole seconds, because a token has no smaller unit.
        var start = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        return new SessionRow
        {
            Id = Ids.New(),
            AccountId = conversation.AccountId,
            ConversationId = conversation.Id,
            ContactId = contactId,
            Permissions = Permissions,
            Origins = Origins,
            Refreshable = LifetimeInSeconds is not null,
            CreatedAt = start.ToUnixTimeMilliseconds(),
            ExpiresAt = start.AddSeconds(DurationInSeconds).ToUnixTimeMilliseconds(),
            AbsoluteExpiresAt = LifetimeInSeconds is { } lifetime ? start.AddSeconds(lifetime).ToUnixTimeMilliseconds() : null,
            DurationInSeconds = DurationInSeconds,
            Limits = Limits,
            Meta = Meta,
        };
    }

    private static int? ReadLifetime(SessionCreateRequest request, int duration, Faults faults)
    {
        if (request.Refreshable is not true)
        {
            if (request.LifetimeInSeconds is not null)
                faults.Add("\"lifetimeInSeconds\" is only allowed with \"refreshable\"");
            return null;
        }

        var lifetime = request.LifetimeInSeconds ?? Math.Max(DefaultLifetimeSeconds, duration);
        if (lifetime < duration || lifetime > MaxLifetimeSeconds)
            faults.Add($"\"lifetimeInSeconds\" must be from the duration, {duration}, to {MaxLifetimeSeconds}");
        return lifetime;
    }

    private static string? ReadPermissions(IReadOnlyList<SessionPermission>? names, Faults faults)
    {
        if (names is null)
            return null;
        if (names.Count == 0)
            faults.Add("\"permissions\" must name at least one permission");
        var permissions = SessionPermissions.None;
        for (var i = 0; i < names.Count && !faults.IsFull; i++)
        {
            if (SessionPermissionNames.Find(names[i].Value) is { } permission)
                permissions |= permission;
            else
                faults.Add($"\"permissions[{i}]\" is \"{names[i].Value}\"; it must be one of {AllPermissions}");
        }

        return JsonSerializer.Serialize(SessionPermissionNames.Of(permissions));
    }

    private static string AllPermissions => string.Join(", ", SessionPermissionNames.Of(SessionPermissions.All));

    private static string? ReadOrigins(IReadOnlyList<string>? origins, Faults faults)
    {
        if (origins is null)
            return null;
        if (origins.Count is 0 or > MaxOrigins)
            faults.Add($"\"origins\" must name 1 to {MaxOrigins} origins; leave it out for any");
        if (origins.Sum(origin => origin?.Length ?? 0) > MaxOriginCharacters)
            faults.Add($"\"origins\" may not be longer than {MaxOriginCharacters} characters together");
        for (var i = 0; i < Math.Min(origins.Count, MaxOrigins); i++)
        {
            if (origins[i] is null || !WebOrigin.IsValid(origins[i]))
                faults.Add($"\"origins[{i}]\" must be an origin as browsers send it, for example https://shop.example");
        }

        return JsonSerializer.Serialize(origins.Distinct(StringComparer.Ordinal));
    }

    private static string? ReadLimits(SessionLimits? limits, Faults faults)
    {
        if (limits is null)
            return null;
        // A misspelled name is refused, because the intended limit would be missing.
        foreach (var name in (limits.AdditionalProperties?.Keys ?? Enumerable.Empty<string>()).Take(Faults.MaxCount))
            faults.Add($"\"limits.{name}\" is not allowed");
        CheckLimit(limits.Messages, "messages", faults);
        CheckLimit(limits.Tokens, "tokens", faults);
        CheckLimit(limits.RequestsPerMinute, "requestsPerMinute", faults);
        CheckLimit(limits.Streams, "streams", faults);
        CheckLimit(limits.AttachmentBytes, "attachmentBytes", faults);
        return limits == new SessionLimits() ? null : JsonSerializer.Serialize(limits, ChatBotKitJson.ServerOptions);
    }

    private static void CheckLimit(long? value, string name, Faults faults)
    {
        if (value < 1)
            faults.Add($"\"limits.{name}\" must be at least 1");
    }
}

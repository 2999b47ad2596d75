using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Integrations.Widget;

/// <summary>
/// The settings of a widget that decide who may talk to its bot, and how much. The API has no fields for the chat page and for limits, so
/// they are keys of <c>meta</c>.
/// </summary>
internal static class WidgetRules
{
    /// <summary>The key of <c>meta</c> that turns on the chat page.</summary>
    public const string Page = "chatPage";

    /// <summary>The key of <c>meta</c> that lets search engines list the chat page.</summary>
    public const string PageIsIndexed = "chatPageIndexed";

    /// <summary>The key of <c>meta</c> with the limits of each visitor's session.</summary>
    public const string Limits = "chatLimits";

    /// <summary>The maximum number of origins, which is that of a session.</summary>
    private const int MaxOrigins = 50;

    /// <summary>How much of a wrong origin an error repeats.</summary>
    private const int MaxShown = 80;

    private static readonly char[] Separators = [',', ';', ' ', '\t', '\r', '\n'];

    /// <summary>The limits of a visitor without others. A visitor is unknown, so they are lower than those of other sessions.</summary>
    private static readonly SessionLimits DefaultLimits = new() { Messages = 200, Tokens = 500_000, RequestsPerMinute = 60 };

    /// <summary>Adds the faults of the settings.</summary>
    public static void Check(IntegrationWidgetItem item, Faults faults)
    {
        var origins = Split(item.Origin);
        if (origins.Length > MaxOrigins)
            faults.Add($"\"origin\" may not name more than {MaxOrigins} origins");
        foreach (var origin in origins.Take(MaxOrigins))
        {
            if (!TryReadOrigin(origin, out _))
                faults.Add($"\"origin\" has \"{FaultText.Clip(origin, MaxShown)}\"; it must be an origin such as https://shop.example, or a host name");
        }

        CheckSwitch(item.Meta, Page, faults);
        CheckSwitch(item.Meta, PageIsIndexed, faults);
        if (item.Meta?[Limits] is { } limits && !TryReadLimits(limits, out _))
            faults.Add($"\"meta.{Limits}\" must be an object with \"messages\", \"tokens\", \"requestsPerMinute\", \"streams\" and \"attachmentBytes\", each at least 1");
    }

    /// <summary>Returns the origins whose pages may show the widget; none means all.</summary>
    public static IReadOnlyList<string> OriginsOf(IntegrationWidgetItem item) =>
        [.. Split(item.Origin).Select(text => TryReadOrigin(text, out var origin) ? origin : text)];

    /// <summary>Whether the widget has a page of its own.</summary>
    public static bool HasPage(IntegrationWidgetItem item) => IsOn(item.Meta, Page);

    /// <summary>Whether search engines may list the page.</summary>
    public static bool IsPageIndexed(IntegrationWidgetItem item) => IsOn(item.Meta, PageIsIndexed);

    /// <summary>Returns the limits of a visitor's session.</summary>
    public static SessionLimits LimitsOf(IntegrationWidgetItem item) =>
        item.Meta?[Limits] is { } own && TryReadLimits(own, out var limits)
            ? limits with
            {
                Messages = limits.Messages ?? DefaultLimits.Messages,
                Tokens = limits.Tokens ?? DefaultLimits.Tokens,
                RequestsPerMinute = limits.RequestsPerMinute ?? DefaultLimits.RequestsPerMinute,
            }
            : DefaultLimits;

    private static string[] Split(string? origins) => origins?.Split(Separators, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Reads an origin, which may end with a slash. A host name means its pages over HTTPS.</summary>
    private static bool TryReadOrigin(string text, [NotNullWhen(true)] out string? origin)
    {
        origin = text.TrimEnd('/').ToLowerInvariant();
        if (WebOrigin.IsValid(origin))
            return true;
        origin = origin.Contains("://", StringComparison.Ordinal) ? null : $"https://{origin}";
        return origin is not null && WebOrigin.IsValid(origin);
    }

    private static void CheckSwitch(JsonObject? meta, string key, Faults faults)
    {
        if (meta?[key] is { } value && value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
            faults.Add($"\"meta.{key}\" must be true or false");
    }

    private static bool IsOn(JsonObject? meta, string key) => meta?[key]?.GetValueKind() == JsonValueKind.True;

    private static bool TryReadLimits(JsonNode value, [NotNullWhen(true)] out SessionLimits? limits)
    {
        try
        {
            limits = value.GetValueKind() == JsonValueKind.Object ? value.Deserialize<SessionLimits>(ChatBotKitJson.ServerOptions) : null;
        }
        catch (JsonException)
        {
            limits = null;
        }

        return limits is { AdditionalProperties: null or { Count: 0 } }
            && !(limits.Messages < 1 || limits.Tokens < 1 || limits.RequestsPerMinute < 1 || limits.Streams < 1 || limits.AttachmentBytes < 1);
    }
}

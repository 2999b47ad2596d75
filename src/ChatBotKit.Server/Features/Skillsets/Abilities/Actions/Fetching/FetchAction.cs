using System.Text.Json.Nodes;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Fetching;

/// <summary><c>fetch</c> and <c>fetch.metadata</c>: the answer of a web server.</summary>
internal sealed class FetchAction(FetchClient client, ProxyOptions proxies) : IAbilityAction
{
    private const string Metadata = "fetch.metadata";

    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxLimit = TimeSpan.FromSeconds(300);

    public IReadOnlyList<string> Names { get; } = ["fetch", Metadata];

    public IReadOnlyList<AbilityField> FieldsOf(string action) => action == Metadata ? [ActionFields.Required("url", "The address of the page.")] : [];

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        if (call.Action == Metadata)
        {
            if (!Uri.TryCreate(call.Require("url"), UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https"))
                return AbilityResult.Failed("The url must be an absolute address that begins with http:// or https://.");
            return AbilityResult.Of(FetchContent.Metadata(await client.SendAsync(new FetchRequest("GET", page, []), DefaultLimit, cancellationToken)));
        }

        var plan = FetchPlan.Of(call);
        var options = plan.Find("options") is { } node ? call.Json(node) as JsonObject ?? throw new AbilityException("\"options\" must be a map.") : [];
        var request = await FetchRequest.OfAsync(call, plan, proxies.PublicUrl, cancellationToken);
        request = request with { Headers = [.. request.Headers, .. ContextHeaders(call, request, options["context"])] };
        var answer = await client.SendAsync(request, LimitOf(options["timeout"] ?? (plan.Find("timeout") is { } own ? call.Json(own) : null)), cancellationToken);
        // A server may repeat what it was sent, and a conversion to Markdown changes its characters.
        var result = FetchContent.Of(answer with { Text = call.Mask.Of(answer.Text) }, options);
        return AbilityResult.Of(FieldText.Plain(options["debug"]) == "true" ? WithDebug(result, request, answer) : result);
    }

    /// <summary>Returns the result with the request and the response, without the values of headers, which may be secrets.</summary>
    private static JsonObject WithDebug(JsonNode? result, FetchRequest request, FetchAnswer answer) => new()
    {
        ["result"] = result,
        ["debug"] = new JsonObject
        {
            ["method"] = request.Method,
            ["url"] = answer.Url.AbsoluteUri,
            ["headers"] = new JsonArray([.. request.Headers.Select(header => JsonValue.Create(header.Name))]),
            ["bodyBytes"] = request.Body?.Length ?? 0,
            ["status"] = answer.Status,
            ["contentType"] = answer.MediaType,
            ["characters"] = answer.Text.Length,
        },
    };

    private static TimeSpan LimitOf(JsonNode? milliseconds)
    {
        if (milliseconds is null)
            return DefaultLimit;
        if (!double.TryParse(FieldText.Plain(milliseconds), System.Globalization.CultureInfo.InvariantCulture, out var given) || given <= 0)
            throw new AbilityException("The timeout must be a number of milliseconds.");
        return TimeSpan.FromMilliseconds(Math.Min(given, MaxLimit.TotalMilliseconds));
    }

    /// <summary>Returns the headers that say on whose behalf the request is made, as far as the instruction asks for them.</summary>
    private static IEnumerable<(string Name, string Value)> ContextHeaders(AbilityCall call, FetchRequest request, JsonNode? context)
    {
        if (request.Method is not ("GET" or "HEAD") && !request.Headers.Any(header => header.Name.Equals("Idempotency-Key", StringComparison.OrdinalIgnoreCase)))
            yield return ("Idempotency-Key", call.IdempotencyKey);
        var wanted = context switch
        {
            null => [],
            JsonArray list => list.Select(FieldText.Plain).ToList(),
            _ => FieldText.Plain(context).Split(',', StringSplitOptions.TrimEntries).ToList(),
        };
        if (wanted.Count > 0)
            yield return ("X-Timezone", call.Scope.TimeZone);
        if (wanted.Contains("user"))
            yield return ("X-ChatBotKit-User-Id", call.Scope.AccountId);
        if (wanted.Contains("conversation") && call.Scope.ConversationId is { } conversation)
            yield return ("X-ChatBotKit-Conversation-Id", conversation);
        if (wanted.Contains("contact") && call.Scope.ContactId is { } contact)
            yield return ("X-ChatBotKit-Contact-Id", contact);
    }
}

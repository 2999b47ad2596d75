using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Fetching;

/// <summary>A request that an instruction describes, with all values filled in.</summary>
/// <param name="Method">The method, in capitals.</param>
/// <param name="Url">The address, with its query.</param>
/// <param name="Headers">The headers.</param>
internal sealed record FetchRequest(string Method, Uri Url, IReadOnlyList<(string Name, string Value)> Headers)
{
    private const string NoServer =
        "An address without a host needs the address of this server. Its operator can set CHATBOTKIT_PUBLIC_URL.";

    private const string Form = "application/x-www-form-urlencoded";

    private static readonly string[] AddressKeys = ["url", "url?", "uri", "uri?"];

    private static readonly string[] Forbidden = ["host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer"];

    public byte[]? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>The headers that have a secret.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <param name="call">The call.</param>
    /// <param name="plan">The parts of the request.</param>
    /// <param name="server">The address of this server, to which an address without a host belongs; null when it is not known.</param>
    /// <param name="cancellationToken">The token that cancels the search for secrets.</param>
    /// <exception cref="AbilityException">A part is missing or malformed, or a secret is used outside of a header.</exception>
    public static async Task<FetchRequest> OfAsync(AbilityCall call, TemplateMap plan, Uri? server, CancellationToken cancellationToken)
    {
        var (headers, secrets) = (new List<(string, string)>(), new List<string>());
        var address = AddressIn(call, plan) ?? throw new AbilityException("The url is missing.");
        var url = UrlOf(call, plan, address, server);
        foreach (var (name, value) in HeadersOf(plan))
        {
            var text = await call.HeaderAsync(value, cancellationToken);
            if (name[^1] == '?' && text.Length == 0)
                continue;
            headers.Add((CheckHeader(name.TrimEnd('?'), text), text));
            if (call.Values.SecretsIn(value.Text).Any())
                secrets.Add(text);
        }

        if (secrets.Count > 0)
            SecretHost.Check(call, address, url);
        var method = (Text(call, plan, "method") ?? (plan.Find("body") is null ? "GET" : "POST")).ToUpperInvariant();
        if (method.Length > 20 || !method.All(char.IsAsciiLetter))
            throw new AbilityException("The method must be one of HTTP.");
        var contentType = headers.FindLast(header => header.Item1.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Item2;
        headers.RemoveAll(header => header.Item1.Equals("Content-Type", StringComparison.OrdinalIgnoreCase));
        return WithBody(new FetchRequest(method, url, headers) { Secrets = secrets }, contentType ?? Text(call, plan, "contentType"), Value(call, plan, "body"));
    }

    /// <summary>Returns the first key for the address that has a value.</summary>
    private static TemplateNode? AddressIn(AbilityCall call, TemplateMap plan) =>
        AddressKeys.Select(plan.Find).FirstOrDefault(node => node is not null && FieldText.Plain(call.Json(node)).Length > 0);

    private static Uri UrlOf(AbilityCall call, TemplateMap plan, TemplateNode address, Uri? server)
    {
        var text = FieldText.Plain(call.Json(address));
        if (Text(call, plan, "path") is { } path)
            text = $"{text.TrimEnd('/')}/{path.TrimStart('/')}";
        text = text.Trim();
        // The path is appended as text, so that "//host" can't name another host.
        if (text.StartsWith('/'))
            text = server is null ? throw new AbilityException(NoServer) : server.AbsoluteUri.TrimEnd('/') + text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new AbilityException("The url must be an absolute address that begins with http:// or https://.");
        if (url.UserInfo.Length > 0)
            throw new AbilityException("The url may have no user and password; use a secret in a header.");
        if (Value(call, plan, "query") is not JsonObject query || query.Count == 0)
            return url;
        var parts = query.SelectMany(pair => pair.Value is JsonArray many ? many.Select(one => (pair.Key, one)) : [(pair.Key, pair.Value)])
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(FieldText.Plain(pair.Item2))}");
        return new UriBuilder(url) { Query = string.Join('&', new[] { url.Query.TrimStart('?') }.Where(own => own.Length > 0).Concat(parts)) }.Uri;
    }

    private static IEnumerable<(string Name, TemplateScalar Value)> HeadersOf(TemplateMap plan)
    {
        if (plan.Find("authorization") is TemplateScalar authorization)
            yield return ("Authorization", authorization);
        if (plan.Find("headers") is not { } headers)
            yield break;
        if (headers is not TemplateMap map)
            throw new AbilityException("\"headers\" must be a map.");
        foreach (var (name, value) in map.Entries)
        {
            yield return value is TemplateScalar scalar && name.Length > 0
                ? (name, scalar)
                : throw new AbilityException($"The header \"{name}\" must be a text.");
        }
    }

    private static string CheckHeader(string name, string value)
    {
        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') || Forbidden.Contains(name.ToLowerInvariant()))
            throw new AbilityException($"The header \"{name}\" can't be set.");
        return value.AsSpan().ContainsAny('\r', '\n', '\0') ? throw new AbilityException($"The header \"{name}\" must be one line.") : name;
    }

    private static FetchRequest WithBody(FetchRequest request, string? contentType, JsonNode? body)
    {
        if (body is null || request.Method is "GET" or "HEAD")
            return request;
        var text = body switch
        {
            JsonObject form when contentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) is true => string.Join(
                '&', form.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(FieldText.Plain(field.Value))}")),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            _ => body.ToJsonString(ChatBotKitJson.ServerOptions),
        };
        return request with { Body = Encoding.UTF8.GetBytes(text), ContentType = contentType ?? "application/json" };
    }

    private static string? Text(AbilityCall call, TemplateMap plan, string key) =>
        FieldText.Plain(Value(call, plan, key)) is { Length: > 0 } text ? text : null;

    private static JsonNode? Value(AbilityCall call, TemplateMap plan, string key) =>
        (plan.Find(key) ?? plan.Find(key + "?")) is { } node ? WithoutEmpty(call.Json(node)) : null;

    /// <summary>Leaves out empty members whose key ends with a question mark, and the mark of the others.</summary>
    private static JsonNode? WithoutEmpty(JsonNode? value) => value switch
    {
        JsonObject map => new JsonObject(map
            .Where(member => !member.Key.EndsWith('?') || FieldText.Plain(member.Value).Length > 0)
            .Select(member => KeyValuePair.Create(member.Key.TrimEnd('?'), WithoutEmpty(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithoutEmpty)]),
        _ => value?.DeepClone(),
    };
}

using System.Reflection;
using System.Text.Json;
using System.Web;
using ChatBotKit.Testing;

namespace ChatBotKit.Conventions.Tests;

/// <summary>One method of the SDK and the request that it sends first.</summary>
/// <param name="Client">The path of the client below the whole API, such as <c>Conversation.Session</c>.</param>
/// <param name="Method">The method.</param>
/// <param name="Call">Verb and path as <see cref="SpecOperation.Call"/> has them; null when nothing was sent.</param>
/// <param name="Request">The request; null when nothing was sent.</param>
/// <param name="Problem">Why nothing was sent.</param>
internal sealed record SdkCall(string Client, MethodInfo Method, string? Call, SentRequest? Request, string? Problem)
{
    public string Name => $"{Client}.{Method.Name}";

    /// <summary>Gets whether the method gives the parts of an answer one by one.</summary>
    public bool Streams => Result(typeof(IAsyncEnumerable<>)) is not null;

    /// <summary>Gets the type of the whole answer; null when there is none.</summary>
    public Type? Answer => Result(typeof(ResponsePromise<,>)) ?? Result(typeof(Task<>));

    /// <summary>Gets the type of a part; null when the answer comes in one.</summary>
    public Type? Part => Result(typeof(IAsyncEnumerable<>));

    public IEnumerable<string> QueryNames =>
        HttpUtility.ParseQueryString(Request?.Url.Query ?? "").AllKeys.OfType<string>().Select(name => name.Split('.')[0]).Distinct();

    public IReadOnlyList<string> BodyFields => Request is { Body: ['{', ..] body } ? [.. FieldsOf(JsonElement.Parse(body), "")] : [];

    private Type? Result(Type definition) => Method.ReturnType.GetInterfaces().Prepend(Method.ReturnType)
        .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == definition)?.GetGenericArguments()[0];

    private static IEnumerable<string> FieldsOf(JsonElement value, string prefix) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property =>
            FieldsOf(property.Value, $"{prefix}{NameOf(property)}.").Prepend(prefix + NameOf(property))),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(element => FieldsOf(element, $"{prefix.TrimEnd('.')}[].")),
        _ => [],
    };

    // The keys of a map are made up like everything else.
    private static string NameOf(JsonProperty property) => Samples.IsText(property.Name) ? "*" : property.Name;
}

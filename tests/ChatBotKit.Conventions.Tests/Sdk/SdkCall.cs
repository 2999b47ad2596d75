using System.Reflection;
using System.Text.Json;
using System.Web;
using ChatBotKit.Testing;

namespace ChatBotKit.Conventions.Tests;

/// <summary>A method of the SDK and its first request.</summary>
/// <param name="Client">The path of the client below the whole API, such as <c>Conversation.Session</c>.</param>
/// <param name="Method">The method.</param>
/// <param name="Call">The verb and path as in <see cref="SpecOperation.Call"/>; null when no request was sent.</param>
/// <param name="Request">The request; null when none was sent.</param>
/// <param name="Problem">The reason why no request was sent.</param>
internal sealed record SdkCall(string Client, MethodInfo Method, string? Call, SentRequest? Request, string? Problem)
{
    public string Name => $"{Client}.{Method.Name}";

    /// <summary>Gets whether the method can stream its response.</summary>
    public bool Streams => Result(typeof(IAsyncEnumerable<>)) is not null;

    /// <summary>Gets the type of the whole response; null when there is none.</summary>
    public Type? Answer => Result(typeof(ResponsePromise<,>)) ?? Result(typeof(Task<>));

    /// <summary>Gets the type of an item of the stream; null when the method can't stream.</summary>
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

    // The keys of a map are generated like all other texts.
    private static string NameOf(JsonProperty property) => Samples.IsText(property.Name) ? "*" : property.Name;
}

using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace ChatBotKit.Server.Http;

/// <summary>
/// The JSON body of a request, as a parameter of a handler. A missing body counts as <c>{}</c>; anything that does not
/// fit the record is a 400 that names every fault.
/// </summary>
/// <param name="Value">The body.</param>
/// <param name="Hash">SHA-256 of the bytes that came; null unless the request carries an idempotency key.</param>
internal sealed record JsonBody<T>(T Value, byte[]? Hash) : IHashedBody, IEndpointParameterMetadataProvider
{
    // Called by the framework, which finds it by name.
    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context) =>
        await JsonBodyReader.ReadAsync<T>(context, maxBytes: null, context.RequestAborted);

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new JsonRequest(typeof(T)));
}

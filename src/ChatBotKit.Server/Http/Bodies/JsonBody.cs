using System.Reflection;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Http.Metadata;

namespace ChatBotKit.Server.Http;

/// <summary>
/// The JSON body of a request, as a parameter of a handler. A missing body counts as <c>{}</c>. A body that does not fit the record
/// is refused with a 400 that names every fault.
/// </summary>
/// <param name="Value">The body.</param>
/// <param name="Hash">SHA-256 of the received bytes; null when the request has no idempotency key.</param>
internal sealed record JsonBody<T>(T Value, byte[]? Hash) : IHashedBody, IEndpointParameterMetadataProvider
{
    // The framework finds this method by its name. The body of a visitor is small, so that nobody can fill the memory for bodies
    // without a credential.
    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context) =>
        await JsonBodyReader.ReadAsync<T>(context, context.CallerOrVisitor() is null ? BodyGate.FreeBytes : null, context.RequestAborted);

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new JsonRequest(typeof(T)));
}

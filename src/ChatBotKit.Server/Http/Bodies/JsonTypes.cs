using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace ChatBotKit.Server.Http;

/// <summary>How this server reads and writes JSON: the strict contract options, configured once in <c>Hosting</c>.</summary>
internal static class JsonTypes
{
    public static JsonSerializerOptions Options(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    public static JsonTypeInfo<T> Of<T>(HttpContext context) => (JsonTypeInfo<T>)Options(context).GetTypeInfo(typeof(T));
}

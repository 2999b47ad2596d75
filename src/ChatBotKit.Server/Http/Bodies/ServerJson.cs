using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ChatBotKit.Server.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace ChatBotKit.Server.Http;

/// <summary>The server's JSON options: the strict options of the contracts, with coercion of plain strings.</summary>
internal static class ServerJson
{
    public static JsonSerializerOptions Options(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    public static JsonTypeInfo<T> Of<T>(HttpContext context) => (JsonTypeInfo<T>)Options(context).GetTypeInfo(typeof(T));

    /// <summary>Configures the framework's own options, from which the OpenAPI document takes its schemas too.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        var contract = ChatBotKitJson.ServerOptions;
        options.TypeInfoResolverChain.Clear();
        options.TypeInfoResolverChain.Add(contract.TypeInfoResolver!);
        options.PropertyNamingPolicy = contract.PropertyNamingPolicy;
        options.PropertyNameCaseInsensitive = contract.PropertyNameCaseInsensitive;
        options.NumberHandling = contract.NumberHandling;
        options.Encoder = contract.Encoder;
        options.UnmappedMemberHandling = contract.UnmappedMemberHandling;
        options.RespectNullableAnnotations = contract.RespectNullableAnnotations;
        options.DefaultIgnoreCondition = contract.DefaultIgnoreCondition;
        options.AllowDuplicateProperties = false;
        // This is for writing. Request bodies have a lower limit.
        options.MaxDepth = JsonRules.StoredDepth;
        foreach (var converter in contract.Converters)
            options.Converters.Add(converter);
        options.Converters.Add(new BooleanConverter());
    }

    /// <summary>Accepts <c>"true"</c> and <c>"false"</c> as booleans, like the hosted service.</summary>
    private sealed class BooleanConverter : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.String when reader.ValueTextEquals("true"u8) => true,
            JsonTokenType.String when reader.ValueTextEquals("false"u8) => false,
            _ => throw new JsonException("true or false was expected"),
        };

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>
/// Creates the converter of every <see cref="Optional{T}"/> that a record uses. It is a closed list, because a program that
/// was compiled ahead of time cannot create a generic type at run time.
/// </summary>
internal sealed class OptionalConverterFactory : JsonConverterFactory
{
    private static readonly Dictionary<Type, Func<JsonConverter>> Converters = new()
    {
        [typeof(Optional<string>)] = static () => new OptionalConverter<string>(),
        [typeof(Optional<bool>)] = static () => new OptionalConverter<bool>(),
        [typeof(Optional<int>)] = static () => new OptionalConverter<int>(),
        [typeof(Optional<long>)] = static () => new OptionalConverter<long>(),
        [typeof(Optional<double>)] = static () => new OptionalConverter<double>(),
        [typeof(Optional<DateTimeOffset>)] = static () => new OptionalConverter<DateTimeOffset>(),
        [typeof(Optional<JsonObject>)] = static () => new OptionalConverter<JsonObject>(),
        [typeof(Optional<JsonNode>)] = static () => new OptionalConverter<JsonNode>(),
        [typeof(Optional<ContactReference>)] = static () => new OptionalConverter<ContactReference>(),
        [typeof(Optional<MessageType>)] = static () => new OptionalConverter<MessageType>(),
        [typeof(Optional<IntegrationTriggerMode>)] = static () => new OptionalConverter<IntegrationTriggerMode>(),
        [typeof(Optional<PartnerUserLimits>)] = static () => new OptionalConverter<PartnerUserLimits>(),
        [typeof(Optional<PolicyType>)] = static () => new OptionalConverter<PolicyType>(),
        [typeof(Optional<Visibility>)] = static () => new OptionalConverter<Visibility>(),
        [typeof(Optional<State>)] = static () => new OptionalConverter<State>(),
        [typeof(Optional<SecretKind>)] = static () => new OptionalConverter<SecretKind>(),
        [typeof(Optional<SecretType>)] = static () => new OptionalConverter<SecretType>(),
    };

    public override bool CanConvert(Type typeToConvert) => Converters.ContainsKey(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => Converters[typeToConvert]();
}

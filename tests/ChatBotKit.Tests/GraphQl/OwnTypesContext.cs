using System.Text.Json.Serialization;

namespace ChatBotKit.Tests;

/// <summary>Types of a program with their own source-generated context.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BotVariables))]
[JsonSerializable(typeof(BotData))]
[JsonSerializable(typeof(BotReportRequest))]
[JsonSerializable(typeof(BotReport))]
internal sealed partial class OwnTypesContext : JsonSerializerContext;

internal sealed record BotVariables(string Id);

internal sealed record BotData(BotName Bot);

internal sealed record BotName(string Name);

internal sealed record BotReportRequest(string BotId, int PeriodDays);

internal sealed record BotReport(int Conversations);

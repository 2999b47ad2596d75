using System.Text.Json.Serialization;

namespace ChatBotKit.Tests;

/// <summary>Types that a program brings along with a source-generated context of its own.</summary>
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

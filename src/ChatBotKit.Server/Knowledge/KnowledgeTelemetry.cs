using System.Diagnostics.Metrics;
using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Counts what searches had to do without, so that nothing fails in silence.</summary>
internal static class KnowledgeTelemetry
{
    private static readonly Meter Meter = new(TelemetryOptions.SourceName);

    private static readonly Counter<long> Fallbacks = Meter.CreateCounter<long>(
        "chatbotkit.knowledge.fallbacks", "{search}", "Searches that went on without their embedding model, vectors or reranker");

    private static readonly Counter<long> Embedded = Meter.CreateCounter<long>(
        "chatbotkit.knowledge.embedded", "{passage}", "Passages of records whose vector was computed");

    /// <param name="missing">The part that the search did without: <c>question</c>, <c>vectors</c> or <c>reranker</c>.</param>
    public static void FellBack(string missing) => Fallbacks.Add(1, new KeyValuePair<string, object?>("missing", missing));

    public static void HasEmbedded(int passages) => Embedded.Add(passages);
}

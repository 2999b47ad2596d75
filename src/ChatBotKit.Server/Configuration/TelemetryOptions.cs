namespace ChatBotKit.Server.Configuration;

internal static class TelemetryOptions
{
    /// <summary>The name of the server's own activity source and meter.</summary>
    public const string SourceName = "ChatBotKit.Server";

    /// <summary>The setting that names a collector.</summary>
    public const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether a collector is named.</summary>
    public static bool IsExported(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[Collector]);
}

namespace ChatBotKit.Server.Configuration;

internal static class TelemetryOptions
{
    /// <summary>The name of the server's activity source and meter.</summary>
    public const string SourceName = "ChatBotKit.Server";

    /// <summary>The setting with the address of an OpenTelemetry collector.</summary>
    public const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether a collector is configured.</summary>
    public static bool IsExported(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[Collector]);
}

using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ChatBotKit.Server.Hosting;

internal static class Telemetry
{
    /// <summary>Name of the server's own activity source and meter.</summary>
    public const string SourceName = "ChatBotKit.Server";

    /// <summary>Exports traces and metrics when the standard variables name a collector; else nothing of it is loaded.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(SourceName).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics.AddMeter(SourceName).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
            .UseOtlpExporter();
    }
}

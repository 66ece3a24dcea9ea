package cn.linli.field

import android.Manifest
import android.content.Context
import android.content.pm.PackageManager
import android.location.Location
import android.location.LocationListener
import android.location.LocationManager
import android.os.Build
import android.os.Bundle
import android.os.Looper
import android.os.SystemClock
import androidx.core.content.ContextCompat
import app.tauri.plugin.Channel
import app.tauri.plugin.JSObject
import org.json.JSONObject

/**
 * Tells one channel where the phone is, as src/position_source.rs has it. Android's own receivers
 * only: phones without Google services are the rule here. Lives on the main thread.
 */
internal class PositionWatch(private val context: Context, private val on: Channel) : LocationListener {
  private val receivers = context.getSystemService(Context.LOCATION_SERVICE) as LocationManager

  private var begun = false

  /** Begins, once. The person has been asked for the permission, whatever they said. */
  fun start() {
    if (begun) return
    begun = true
    if (!allowed(context)) return none("denied")
    val asked = WANTED.filter { receivers.allProviders.contains(it) }
    if (asked.none(::isOn)) return none("off")
    val last = asked.mapNotNull(::last).filter { ageMs(it) < FRESH_MS }
    last.minByOrNull(::accuracy)?.let(::tell)
    // One that is off is asked as well: it may be switched on meanwhile.
    if (asked.count(::listen) == 0) none("failed")
  }

  /** Ends; also when it never began. */
  fun stop() = receivers.removeUpdates(this)

  override fun onLocationChanged(location: Location) = tell(location)

  override fun onProviderDisabled(provider: String) {
    if (WANTED.none(::isOn)) none("off")
  }

  // Before Android 11 the system calls these and there is nothing to inherit them from.
  override fun onProviderEnabled(provider: String) {}

  @Deprecated("only older systems call it")
  override fun onStatusChanged(provider: String, status: Int, extras: Bundle?) {}

  private fun isOn(provider: String): Boolean =
    receivers.allProviders.contains(provider) && receivers.isProviderEnabled(provider)

  private fun last(provider: String): Location? =
    try {
      receivers.getLastKnownLocation(provider)
    } catch (e: SecurityException) {
      null
    }

  /** Whether the receiver will tell. Some want the exact permission where only the rough one was given. */
  private fun listen(provider: String): Boolean =
    try {
      receivers.requestLocationUpdates(provider, EVERY_MS, 0f, this, Looper.getMainLooper())
      true
    } catch (e: SecurityException) {
      false
    }

  private fun tell(location: Location) {
    // A number that is none (an app may make up anything) is left out here, and then no fix in Rust.
    val fix = JSObject()
      .put("lon", location.longitude)
      .put("lat", location.latitude)
      .put("accuracy_m", accuracy(location).toDouble())
      // A satellite's clock is another than the phone's, by which everything else is told.
      .put("at", System.currentTimeMillis() - ageMs(location))
      .put("mocked", madeUp(location))
      // Where the phone moves (location.bearing) is not where its camera looks, and the camera is
      // another app's screen: only a camera of our own could tell.
      .put("direction", JSONObject.NULL)
    on.send(JSObject().put("fix", fix))
  }

  private fun none(why: String) = on.send(JSObject().put("none", why))

  /** Without a radius it may be anywhere in the district. */
  private fun accuracy(location: Location): Float =
    if (location.hasAccuracy()) location.accuracy else UNKNOWN_M

  private fun ageMs(location: Location): Long =
    (SystemClock.elapsedRealtimeNanos() - location.elapsedRealtimeNanos) / 1_000_000

  @Suppress("DEPRECATION")
  private fun madeUp(location: Location): Boolean =
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) location.isMock else location.isFromMockProvider

  companion object {
    /** All of them are asked at once; the page keeps the best. The first is there from Android 12 on. */
    private val WANTED = listOf("fused", LocationManager.GPS_PROVIDER, LocationManager.NETWORK_PROVIDER)

    private const val EVERY_MS = 1_000L

    /** An older fix says where the person was, not where they are. */
    private const val FRESH_MS = 10_000L
    private const val UNKNOWN_M = 5_000f

    /** Where the phone is, if only roughly. */
    fun allowed(context: Context): Boolean =
      listOf(Manifest.permission.ACCESS_FINE_LOCATION, Manifest.permission.ACCESS_COARSE_LOCATION).any {
        ContextCompat.checkSelfPermission(context, it) == PackageManager.PERMISSION_GRANTED
      }
  }
}

/** The one object's name, as Exchange has it. */
export const availabilityConfigName = 'Availability Configuration';
